using System.Text.Json.Serialization;
using Roundtable.Application.Accounts;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;

namespace Roundtable.Api.Accounts;

/// <summary>Signed in, or half way there.</summary>
public sealed record SignInAnswer
{
    /// <summary>Whether the second step is still to come; then there is no session yet.</summary>
    public required bool TwoFactorRequired { get; init; }

    /// <summary>Who is signed in; absent while the second step is to come.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UserDto? User { get; init; }

    /// <summary>The new session; absent while the second step is to come.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SessionDto? Session { get; init; }

    /// <summary>Whether signing in made the account.</summary>
    public bool IsNewUser { get; init; }

    /// <summary>Where to go on to, as given when a link was asked for.</summary>
    public string? CallbackUrl { get; init; }

    internal static SignInAnswer Of(SignedIn signedIn, SignInView view) =>
        new()
        {
            TwoFactorRequired = false,
            User = view.User,
            Session = view.Session,
            IsNewUser = signedIn.IsNewUser,
            CallbackUrl = signedIn.CallbackUrl,
        };
}
