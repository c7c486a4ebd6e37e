using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Roundtable.Application.Passkeys;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Identity;

/// <summary>Implements WebAuthn with ASP.NET Core Identity's handler.</summary>
internal sealed class PasskeyCeremonies(IPasskeyHandler<User> handler, UserManager<User> users, IHttpContextAccessor http)
    : IPasskeyCeremonies
{
    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("Passkeys need a request.");

    public async Task<PasskeyCeremony> BeginRegistrationAsync(User user, CancellationToken ct)
    {
        var options = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity
            {
                Id = user.Id,
                Name = user.Email,
                DisplayName = user.Name,
            },
            Context
        );
        return new PasskeyCeremony(Parse(options.CreationOptionsJson), options.AttestationState ?? "");
    }

    public async Task<string?> FinishRegistrationAsync(User user, string name, string credentialJson, string state, CancellationToken ct)
    {
        var result = await handler.PerformAttestationAsync(
            new PasskeyAttestationContext
            {
                HttpContext = Context,
                CredentialJson = credentialJson,
                AttestationState = state,
            }
        );
        if (!result.Succeeded || result.UserEntity.Id != user.Id)
        {
            return null;
        }

        result.Passkey.Name = name;
        await users.AddOrUpdatePasskeyAsync(user, result.Passkey);
        return Base64Url.EncodeToString(result.Passkey.CredentialId);
    }

    public async Task<PasskeyCeremony> BeginSignInAsync(CancellationToken ct)
    {
        var options = await handler.MakeRequestOptionsAsync(null, Context);
        return new PasskeyCeremony(Parse(options.RequestOptionsJson), options.AssertionState ?? "");
    }

    public async Task<User?> FinishSignInAsync(string credentialJson, string state, CancellationToken ct)
    {
        var result = await handler.PerformAssertionAsync(
            new PasskeyAssertionContext
            {
                HttpContext = Context,
                CredentialJson = credentialJson,
                AssertionState = state,
            }
        );
        if (!result.Succeeded)
        {
            return null;
        }

        await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return result.User;
    }

    private static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
