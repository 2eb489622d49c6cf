using ArmTwitch.Articles;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.RedFlags;

namespace ArmTwitch.Guides;

/// <summary>One page of the red-flag questions.</summary>
/// <param name="Article">What the outcome says to read; null on a question, or when it is not there.</param>
public sealed record RedFlagCheckPageModel(CheckProgress Walk, EmergencyNumbersChoice Numbers, Article? Article)
{
    public const string Start = "/check", Field = "a";

    public string Address => AddressOf(Walk.Answers);

    /// <summary>The address of the page after one more answer.</summary>
    public string After(char answer) => AddressOf(Walk.Answers + answer);

    /// <summary>The address of the page before the last answer; null on the first.</summary>
    public string? PreviousAddress => Walk.Answers.Length > 0 ? AddressOf(Walk.Answers[..^1]) : null;

    /// <summary>Whom the outcome says to call, the most urgent first; empty on a question.</summary>
    public IReadOnlyList<PhoneCall> Calls => Walk.Now is not CheckOutcome outcome
        ? []
        :
        [
            .. outcome.Urgency is Urgency.Emergency ? PhoneCall.Emergency(Numbers.Shown) : [],
            .. outcome.OffersListening ? PhoneCall.Listening(Numbers.Shown) : [],
            .. outcome.Urgency is Urgency.Urgent ? PhoneCall.Advice(Numbers.Shown) : [],
            .. MissesListening && outcome.Urgency is not Urgency.Emergency ? PhoneCall.Emergency(Numbers.Shown) : [],
        ];

    /// <summary>Whom to call if it gets worse, below the advice that says when; empty where they stand above it.</summary>
    public IReadOnlyList<PhoneCall> LaterCalls =>
        Walk.Now is CheckOutcome { Urgency: not Urgency.Emergency } outcome && !MissesListening
        && (outcome.Urgency is Urgency.Hospital or Urgency.Urgent || outcome.OffersListening)
            ? [.. PhoneCall.Emergency(Numbers.Shown)]
            : [];

    /// <summary>Says that a listening line is meant but not known; null otherwise.</summary>
    public string? Missing => !MissesListening
        ? null
        : CallText.NoListening(Numbers.Shown)
            + (Walk.Now is CheckOutcome { Urgency: Urgency.Emergency } ? "" : " If you might act on these thoughts, call the emergency number:");

    /// <summary>Whether none of the calls stands out: there are numbers of several countries, or something else comes first.</summary>
    public bool HasQuietCalls =>
        Numbers.Chosen is null || (MissesListening && Walk.Now is CheckOutcome { Urgency: not Urgency.Emergency });

    /// <summary>What to do where the only number for advice is that of another country; null otherwise.</summary>
    public string? Elsewhere => Walk.Now is CheckOutcome { Urgency: Urgency.Urgent } ? CallText.AdviceElsewhere(Numbers) : null;

    private bool MissesListening =>
        Walk.Now is CheckOutcome { OffersListening: true } && CallText.NoListening(Numbers.Shown) is not null;

    private static string AddressOf(string answers) => answers.Length is 0 ? Start : $"{Start}?{Field}={answers}";
}
