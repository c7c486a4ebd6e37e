namespace Roundtable.Infrastructure.DataProtection;

/// <summary>
/// What protects the keys that encrypt two-factor secrets, cursors and mail in the outbox. The keys are stored in a folder <c>keys</c>
/// beside an SQLite file, or in SQL Server.
/// </summary>
public sealed class KeyStorageOptions
{
    public const string SectionName = "DataProtection";

    /// <summary>A PKCS #12 file whose certificate encrypts the stored keys. Default: none; Production asks for one.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>The password of that file. Default: none.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>The file of the previous certificate, which still decrypts the keys that it encrypted. Default: none.</summary>
    public string? PreviousCertificatePath { get; set; }

    /// <summary>The password of that file. Default: none.</summary>
    public string? PreviousCertificatePassword { get; set; }
}
