using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.ExternalLogins;

/// <summary>
/// What the kinds Google, Microsoft and GitHub make of the answers that these providers give; a server on loopback gives them.
/// </summary>
[NonParallelizable]
public sealed class KnownProviderTests
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private const string ForeignTenant = "99999999-2222-3333-4444-555555555555";

    private RogueProvider provider = null!;
    private TestApp app = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        provider = await RogueProvider.StartAsync();
        app = TestApp.Start(provider.Impersonate, [.. Settings("Google"), .. Settings("Microsoft"), .. Settings("GitHub")]);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await app.DisposeAsync();
        await provider.DisposeAsync();
    }

    [SetUp]
    public void Behave()
    {
        (provider.Subject, provider.Issuer, provider.TokenIssuer) = ($"{Random.Shared.NextInt64(1, long.MaxValue)}", null, null);
        provider.Claims.Clear();
    }

    // (address, hd, email_verified) and whether Google is an authority for the mailbox.
    [TestCase("gmail.com", null, true, true)]
    [TestCase("gmail.com", null, false, false)]
    [TestCase("corp.example", "corp.example", true, true)]
    [TestCase("corp.example", "other.example", true, false)]
    [TestCase("corp.example", null, true, false)]
    [TestCase("mail.corp.example", "corp.example", true, false)]
    [Category("threat-49")]
    [Category("threat-50")]
    public async Task Google_IsAnAuthority_ForItsOwnMailboxesAndThoseOfTheOrganization(
        string domain,
        string? organization,
        bool verified,
        bool isAuthority
    )
    {
        provider.Issuer = "https://accounts.google.com";
        (provider.Claims["email"], provider.Claims["email_verified"]) = ($"p{provider.Subject}@{domain}", verified);
        if (organization is not null)
        {
            provider.Claims["hd"] = organization;
        }

        await ShouldConnectItselfAsync("google", $"p{provider.Subject}@{domain}", isAuthority);
    }

    [TestCase(null, false)]
    [TestCase(false, false)]
    [TestCase(true, true)]
    [Category("threat-49")]
    public async Task Microsoft_IsAnAuthority_OnlyWhereItSaysThatTheDomainIsTheTenants(bool? domainVerified, bool isAuthority)
    {
        FromTenant(ForeignTenant, ForeignTenant);
        provider.Claims["email"] = $"p{provider.Subject}@example.com";
        // Without a meaning at Microsoft.
        provider.Claims["email_verified"] = true;
        if (domainVerified is { } value)
        {
            provider.Claims["xms_edov"] = value;
        }

        await ShouldConnectItselfAsync("microsoft", $"p{provider.Subject}@example.com", isAuthority);
    }

    [TestCase(Tenant, Tenant, "/")]
    [TestCase(Tenant, ForeignTenant, "/sign-in?error=external_failed")]
    [TestCase(Tenant, "", "/sign-in?error=external_failed")]
    [Category("threat-54")]
    public async Task Microsoft_IssuesTokens_ForTheTenantThatTheyName(string issuer, string tenant, string target)
    {
        FromTenant(issuer, tenant);
        provider.Claims["email"] = TestApp.NewEmail();
        using var browser = app.NewBrowser();
        (await browser.SignInAtAsync(provider, "microsoft")).ShouldContinueAt(target);
    }

    [TestCase(true)]
    [TestCase(false)]
    [Category("threat-49")]
    [Category("threat-50")]
    public async Task GitHub_IsNeverAnAuthority_AndNamesOnlyVerifiedAddresses(bool verified)
    {
        var email = TestApp.NewEmail();
        provider.GitHubEmails =
        [
            new
            {
                email = TestApp.NewEmail(),
                primary = false,
                verified = true,
            },
            new
            {
                email,
                primary = true,
                verified,
            },
        ];
        if (verified)
        {
            await ShouldConnectItselfAsync("github", email, false);
        }

        using var browser = app.NewBrowser();
        (await browser.SignInAtAsync(provider, "github")).ShouldContinueAt(
            $"/sign-in?error={(verified ? "link_required" : "external_failed")}"
        );
    }

    [Test]
    public async Task GitHub_CreatesAnAccount_AndFindsItAgain()
    {
        var email = TestApp.NewEmail();
        provider.GitHubEmails =
        [
            new
            {
                email,
                primary = true,
                verified = true,
            },
        ];
        using var browser = app.NewBrowser();
        (await browser.SignInAtAsync(provider, "github")).ShouldContinueAt("/");
        provider.GitHubEmails = [];
        using var second = app.NewBrowser();
        (await second.SignInAtAsync(provider, "github")).ShouldContinueAt("/");
        var user = (await second.GetAsync("/auth/session")).ShouldSucceed().Data["user"]!;
        Assert.That(((string?)user["email"], (bool?)user["emailVerified"]), Is.EqualTo((email, false)));
    }

    private void FromTenant(string issuer, string tenant)
    {
        provider.Issuer = "https://login.microsoftonline.com/{tenantid}/v2.0";
        provider.TokenIssuer = $"https://login.microsoftonline.com/{issuer}/v2.0";
        if (tenant.Length > 0)
        {
            provider.Claims["tid"] = tenant;
        }
    }

    private async Task ShouldConnectItselfAsync(string name, string email, bool connects)
    {
        using var owner = app.NewBrowser();
        await owner.SignInWithMailAsync(app, email);
        using var browser = app.NewBrowser();
        (await browser.SignInAtAsync(provider, name)).ShouldContinueAt(connects ? "/" : "/sign-in?error=link_required");
        Assert.That((await owner.GetAsync("/users/me/logins")).ShouldSucceed().Items, Has.Count.EqualTo(connects ? 1 : 0));
    }

    private static (string, string?)[] Settings(string kind) =>
        [
            ($"Auth:External:{kind.ToLowerInvariant()}:Kind", kind),
            ($"Auth:External:{kind.ToLowerInvariant()}:ClientId", OpenIdServer.ClientId),
            ($"Auth:External:{kind.ToLowerInvariant()}:ClientSecret", OpenIdServer.ClientSecret),
        ];
}
