using ArmTwitch.Comments;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>The reasons for a refusal: as a moderator chooses them, and as the author reads them.</summary>
public static class RefusalReasonLabels
{
    internal const string TakenDown = "A moderator took it down after it had been published.";

    /// <summary>What a refusal must say for its author to know where help is.</summary>
    internal const string WhereHelpIs = "If somebody is in danger now, call the emergency number.";

    /// <summary>A few words for a list to choose from.</summary>
    public static string Label(this RefusalReason reason) => reason switch
    {
        RefusalReason.OffTopic => "Off topic",
        RefusalReason.Advertising => "Advertising",
        RefusalReason.Abuse => "Abuse",
        RefusalReason.MedicalAdvice => "Medical advice or a dose",
        RefusalReason.PersonalData => "Personal data of the author or of others",
        RefusalReason.NamesClinician => "Names a clinician",
        RefusalReason.Misinformation => "Misinformation",
        RefusalReason.Safeguarding => "Safeguarding",
        RefusalReason.Other => "Something else, in your words",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <summary>What the author reads.</summary>
    /// <param name="words">The moderator's own, in place of the sentence of the reason; needed where there is none.</param>
    public static string ForAuthor(this RefusalReason reason, string? words = null) =>
        words ?? reason.Sentence() ?? throw new ArgumentNullException(nameof(words));

    /// <summary>The sentence to begin with; null when there is none that fits.</summary>
    public static string? Sentence(this RefusalReason reason) => reason switch
    {
        RefusalReason.OffTopic => "It is not about the article.",
        RefusalReason.Advertising => "It promotes a product, a service or a site.",
        RefusalReason.Abuse => "It insults, threatens or mocks somebody.",
        RefusalReason.MedicalAdvice =>
            "It says what somebody has, what to take or how much of it, or to stop a medicine. What helped one person can harm another.",
        RefusalReason.PersonalData => "It holds private details, such as a full name, an address or a phone number.",
        RefusalReason.NamesClinician => "It names a doctor, a nurse or a clinic.",
        RefusalReason.Misinformation => "It says something about health that the evidence speaks against.",
        RefusalReason.Safeguarding => $"It may put somebody at risk, so it cannot stand here. {WhereHelpIs}",
        RefusalReason.Other => null,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
