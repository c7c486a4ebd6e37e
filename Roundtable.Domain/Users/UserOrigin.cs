namespace Roundtable.Domain.Users;

/// <summary>Who made the account. What strangers registered is wiped when the address's owner first shows up.</summary>
public enum UserOrigin
{
    SelfRegistered,
    CreatedByAdmin,
    Imported,
}
