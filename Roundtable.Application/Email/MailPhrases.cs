namespace Roundtable.Application.Email;

/// <summary>Short phrases as values of mails, which the renderer translates. Stored in English, in mails that wait.</summary>
public static class MailPhrases
{
    public const string ByLink = "a link by mail";
    public const string ByPasskey = "a passkey";
    public const string ByPassword = "a password";
    public const string ByLogin = "a connected login";
    public const string Added = "added";
    public const string Removed = "removed";
    public const string Connected = "connected";
    public const string Disconnected = "disconnected";
    public const string RemovedByAdmin = "removed by an administrator";
    public const string AllRemovedByAdmin = "all removed by an administrator";
    public const string TurnedOn = "turned on";
    public const string TurnedOff = "turned off";
    public const string TurnedOffByAdmin = "turned off by an administrator";
    public const string OtherAuthenticator = "another authenticator app";
    public const string NewRecoveryCodes = "new recovery codes created";
    public const string Created = "created";
    public const string SecretRotated = "new secret created";
    public const string RevokedByAdmin = "ended by an administrator";
    public const string ReportedLeaked = "reported as leaked and therefore ended";
    public const string UnknownDevice = Common.Devices.Unknown;
}
