namespace ArmTwitch.BrowserTests.Readers;

public sealed class AccessibilityTests(SharedPageFixture browser) : IClassFixture<SharedPageFixture>
{
    [Theory]
    [MemberData(nameof(PageAddresses.All), MemberType = typeof(PageAddresses))]
    public async Task A_page_is_accessible_in_every_look_and_width(string address) =>
        await AxeRunner.IsCleanAsync(await browser.TurnToAsync(address));
}
