using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Identity.Recipes;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Identity;

/// <summary>The recipes in docs/identity.md compile and do what they claim.</summary>
public sealed partial class RecipeTests
{
    private TestApp app = null!;

    [OneTimeSetUp]
    public void Start() =>
        app = TestApp.Start(s =>
        {
            s.AddControllers().AddApplicationPart(typeof(RecipeTests).Assembly);
            s.AddRecipes();
        });

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public void Page_ShowsTheCompiledCode()
    {
        var compiled = Plain(File.ReadAllText(Repository.PathOf("Roundtable.Tests", "Identity", "Recipes.cs")));
        var shown = CodeBlock()
            .Matches(File.ReadAllText(Repository.PathOf("docs", "identity.md")))
            .Select(m => Plain(m.Groups["code"].Value))
            .ToList();
        Assert.That(shown, Has.Count.GreaterThanOrEqualTo(6));
        Assert.That(shown.Where(s => !compiled.Contains(s, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Claim_IsAvailable_OnTheNextRequest()
    {
        using var person = await Person.ByLinkAsync(app);
        (await person.Browser.PutAsync($"/teams/blue/members/{person.Email}", new { })).ShouldFail(403, "forbidden");
        Assert.That((await person.Browser.GetAsync("/teams/mine")).ShouldSucceed().Text, Does.EndWith(": none"));
        (await (await app.RootAsync()).PutAsync($"/teams/blue/members/{person.Email}", new { })).ShouldSucceed(204);
        Assert.That((await person.Browser.GetAsync("/teams/mine")).ShouldSucceed().Text, Does.EndWith(": blue"));
    }

    [Test]
    public async Task PasswordRule_AppliesToEveryEndpoint()
    {
        var refused = (
            await app.NewBrowser()
                .PostAsync(
                    "/auth/sign-up",
                    new
                    {
                        email = TestApp.NewEmail(),
                        password = "a long hard winter",
                        name = "Ada",
                    }
                )
        ).ShouldFail(400, "validation_failed");
        Assert.That(refused.Text, Does.Contain("must not name a season"));
        (
            await (await app.RootAsync()).PostAsync("/admin/users", new { email = TestApp.NewEmail(), password = "a long hard winter" })
        ).ShouldFail(400, "validation_failed");
    }

    [Test]
    public async Task TokenProvider_IsFoundByName_AndItsTokensEndWithTheStamp()
    {
        using var person = await Person.WithPasswordAsync(app);
        var token = await app.OnAsync(person.Email, (m, u) => m.GenerateUserTokenAsync(u, SixDigits.Name, "pick up"));
        Assert.That(token, Does.Match("^[0-9]{6}$"));
        Assert.That(await app.OnAsync(person.Email, (m, u) => m.VerifyUserTokenAsync(u, SixDigits.Name, "pick up", token)), Is.True);
        (await app.OnAsync(person.Email, (m, u) => m.ChangePasswordAsync(u, Person.Password, Person.NewPassword))).ShouldSucceed();
        Assert.That(await app.OnAsync(person.Email, (m, u) => m.VerifyUserTokenAsync(u, SixDigits.Name, "pick up", token)), Is.False);
    }

    [Test]
    public async Task ExternalScheme_RedirectsToTheSignIn_WithoutAnExternalUser()
    {
        Assert.That(
            await app.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetSchemeAsync(IdentityConstants.ExternalScheme),
            Is.Not.Null
        );
        var answer = await app.NewBrowser().GetAsync("/external/done");
        Assert.That((answer.Status, answer.Header("Location")), Is.EqualTo((302, "/sign-in")));
    }

    // Indentation shows where code is, not what it is.
    private static string Plain(string code) => string.Join('\n', code.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0));

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
