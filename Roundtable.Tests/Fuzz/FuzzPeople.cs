using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Administration;
using Roundtable.Application.Common;
using Roundtable.Application.MagicLinks;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Tokens;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Fuzz;

/// <summary>The users that send the requests: discarded and recreated when a request has ended their session.</summary>
internal sealed class FuzzPeople(TestApp app, int worker) : IDisposable
{
    private readonly Dictionary<FuzzRole, (string Cookie, string UserId)> signedIn = [];
    private int count;

    /// <summary>The number of sign-ins.</summary>
    public int SignIns => count;

    public async Task<string?> CookieOfAsync(FuzzRole role)
    {
        if (role == FuzzRole.SignedOut)
        {
            return null;
        }

        if (!signedIn.TryGetValue(role, out var person))
        {
            signedIn[role] = person = await SignInAsync(role);
        }

        return person.Cookie;
    }

    /// <summary>The session may have ended: the next request signs in first.</summary>
    public void Invalidate(FuzzRole role) => signedIn.Remove(role);

    /// <summary>A token as it would have been mailed.</summary>
    public static async Task<string> LinkAsync(TestApp app, string email)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var tokens = scope.ServiceProvider.GetRequiredService<OneTimeTokens>();
        var address = People.Parse(email);
        var secret = await scope
            .ServiceProvider.GetRequiredService<IUnitOfWork>()
            .ExecuteAsync<Result<string>>(
                async ct =>
                    await tokens.IssueAsync(
                        TokenPurpose.MagicLink,
                        null,
                        address.Normalized,
                        new MagicLinkPayload(email, null, null),
                        TimeSpan.FromMinutes(5),
                        ct
                    ),
                default
            );
        return secret.Value;
    }

    public void Dispose() => signedIn.Clear();

    private async Task<(string Cookie, string UserId)> SignInAsync(FuzzRole role)
    {
        var email = $"{role}-{worker}-{++count}@fuzz.example".ToLowerInvariant();
        if (role == FuzzRole.Admin)
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<AdminBootstrap>().CreateAsync(People.Parse(email), null, default);
        }

        using var browser = app.NewBrowser();
        var answer = (await browser.PostAsync("/auth/magic-link/verify", new { token = await LinkAsync(app, email) })).ShouldSucceed();
        return (browser.SessionCookie!, answer.IdOf());
    }
}
