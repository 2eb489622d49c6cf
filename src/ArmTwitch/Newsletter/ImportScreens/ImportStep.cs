namespace ArmTwitch.Newsletter.ImportScreens;

/// <summary>What an editor does on the screen that imports a list, one after the other.</summary>
internal enum ImportStep
{
    Choosing,
    Uploading,
    Checking,

    /// <summary>At what would happen to each row.</summary>
    Looking,
    Importing,

    /// <summary>The import broke off half-way: what was looked at is not true any more, and the file is still here.</summary>
    BrokenOff,
    Done,
}
