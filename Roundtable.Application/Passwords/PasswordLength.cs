using Roundtable.Application.Common;
using Roundtable.Domain.Common;

namespace Roundtable.Application.Passwords;

/// <summary>
/// The limits of password length, in Unicode code points of form C, as NIST SP 800-63B counts: independent of how a password was typed,
/// and an emoji counts as one.
/// </summary>
public static class PasswordLength
{
    public const int Min = 10;
    public const int Max = 128;

    /// <summary>Returns why a new password has an invalid length; null if it is valid.</summary>
    public static FieldError? Problem(string password) =>
        UnicodeText.Nfc(password).EnumerateRunes().Count() is < Min or > Max
            ? new FieldError("length", $"The password must have {Min} to {Max} characters.", Min, Max)
            : null;
}
