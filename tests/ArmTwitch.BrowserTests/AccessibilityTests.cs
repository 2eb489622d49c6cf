namespace ArmTwitch.BrowserTests;

public sealed class AccessibilityTests(OnePage browser) : IClassFixture<OnePage>
{
    [Theory]
    [MemberData(nameof(PageKinds.All), MemberType = typeof(PageKinds))]
    public async Task A_page_is_accessible_in_every_look_and_width(string address) => await Axe.IsCleanAsync(await browser.TurnToAsync(address));
}
