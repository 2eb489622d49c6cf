namespace ArmTwitch.Pages.Forms;

/// <summary>The errors of a form in the order of its fields; the field name is empty for an error of the whole form.</summary>
public sealed record FormErrors(params IReadOnlyList<(string Field, string Message)> All)
{
    public static readonly FormErrors None = new();

    public bool Any => All.Count > 0;

    public string? Of(string field) => All.Where(error => error.Field == field).Select(error => error.Message).FirstOrDefault();

    public FormErrors With(string field, string message) => new([.. All, (field, message)]);
}
