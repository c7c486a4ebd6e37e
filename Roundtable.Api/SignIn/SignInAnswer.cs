using System.Text.Json.Serialization;
using Roundtable.Application.Sessions;
using Roundtable.Application.SignIn;
using Roundtable.Application.Users;

namespace Roundtable.Api.SignIn;

/// <summary>The result of a sign-in.</summary>
public sealed record SignInAnswer
{
    /// <summary>Whether a second factor is required. There is no session until then.</summary>
    public required bool TwoFactorRequired { get; init; }

    /// <summary>The signed-in user; absent while a second factor is required.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UserDto? User { get; init; }

    /// <summary>The new session; absent while a second factor is required.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SessionDto? Session { get; init; }

    /// <summary>Whether signing in created the account.</summary>
    public bool IsNewUser { get; init; }

    /// <summary>The callback given when the link was requested.</summary>
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
