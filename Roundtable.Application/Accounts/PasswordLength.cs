using Roundtable.Domain.Common;

namespace Roundtable.Application.Accounts;

/// <summary>
/// How long passwords are, in Unicode code points of form C, as NIST SP 800-63B counts: the same however a password was typed, and an emoji
/// is one.
/// </summary>
public static class PasswordLength
{
    public const int Min = 10;
    public const int Max = 128;

    /// <summary>Why a new password cannot have this length; null when it can.</summary>
    public static string? Problem(string password) =>
        UnicodeText.Nfc(password).EnumerateRunes().Count() is < Min or > Max ? $"The password must have {Min} to {Max} characters." : null;
}
