namespace Roundtable.Domain.Users;

/// <summary>
/// Who created the account. Self-registered credentials are removed when the owner of the address first proves it by other means.
/// </summary>
public enum UserOrigin
{
    SelfRegistered,
    CreatedByAdmin,
    Imported,
}
