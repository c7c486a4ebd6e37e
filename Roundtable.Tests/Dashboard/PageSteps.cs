using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>What users find and do on a page, by accessible names.</summary>
internal static class PageSteps
{
    private const int LongestWay = 80;

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Button(this ILocator part, string name) => part.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Field(this IPage page, string name) => page.GetByRole(AriaRole.Textbox, new() { Name = name, Exact = true });

    public static ILocator Field(this ILocator part, string name) => part.GetByRole(AriaRole.Textbox, new() { Name = name, Exact = true });

    public static ILocator OpenDialog(this IPage page) => page.GetByRole(AriaRole.Dialog);

    public static ILocator Section(this IPage page, string name) => page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

    public static Task ShowsHeadingAsync(this IPage page, string name) =>
        Expect(
                page.GetByRole(
                    AriaRole.Heading,
                    new()
                    {
                        Name = name,
                        Level = 1,
                        Exact = true,
                    }
                )
            )
            .ToBeVisibleAsync();

    public static Task ShowsAsync(this IPage page, string text) => Expect(page.GetByText(text)).ToBeVisibleAsync();

    /// <summary>Signs in with a password, up to the second factor.</summary>
    public static async Task EnterPasswordAsync(this IPage page, string email, string password)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Password" }).ClickAsync();
        await page.Field("E-mail").FillAsync(email);
        await page.Locator("input[type=password]").FillAsync(password);
        await page.Button("Sign in").ClickAsync();
    }

    /// <summary>Presses Tab until the element has the focus.</summary>
    public static async Task TabToAsync(this IPage page, ILocator target)
    {
        await target.WaitForAsync();
        for (var i = 0; i < LongestWay; i++)
        {
            if (await target.EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The Tab key does not lead to {target}");
    }
}
