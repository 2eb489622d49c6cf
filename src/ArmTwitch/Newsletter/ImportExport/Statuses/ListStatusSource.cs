namespace ArmTwitch.Newsletter.ImportExport.Statuses;

/// <summary>What tells the status of a list.</summary>
public enum ListStatusSource
{
    /// <summary>Nothing does, and it may be a list of people who have left.</summary>
    Nothing,

    /// <summary>Each row says it of its own, in our own column or that of a known program.</summary>
    Rows,

    /// <summary>Each row says it of its own, in columns that mean it by their names.</summary>
    Columns,

    /// <summary>The name of the file.</summary>
    FileName,

    /// <summary>What the editor said.</summary>
    Editor,

    /// <summary>It is a table of addresses of no known program, and nothing suggests that they have left.</summary>
    PlainTable,
}
