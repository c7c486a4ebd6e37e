namespace Roundtable.Infrastructure.DataProtection;

/// <summary>
/// What protects the keys that encrypt mails and two-factor secrets, cursors and mail that waits. They lie in a folder <c>keys</c> beside
/// an SQLite file, or in SQL Server.
/// </summary>
public sealed class KeyStorageOptions
{
    public const string SectionName = "DataProtection";

    /// <summary>A PKCS #12 file whose certificate encrypts the stored keys. Default: none; Production asks for one.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>The password of that file. Default: none.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>After a change of certificate the one before: it still decrypts the keys from its time. Default: none.</summary>
    public string? PreviousCertificatePath { get; set; }

    /// <summary>The password of that file. Default: none.</summary>
    public string? PreviousCertificatePassword { get; set; }
}
