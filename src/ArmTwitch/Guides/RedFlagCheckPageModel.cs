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
        ];

    private static string AddressOf(string answers) => answers.Length is 0 ? Start : $"{Start}?{Field}={answers}";
}
