using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Roundtable.Application.Common;

namespace Roundtable.Infrastructure.DataProtection;

/// <summary>Encrypts cursors with the data-protection keys: they are opaque to clients and cannot be forged.</summary>
internal sealed class ProtectedCursorCodec(IDataProtectionProvider protection) : ICursorCodec
{
    private readonly IDataProtector root = protection.CreateProtector("Roundtable.Cursor.v1");

    public string Encode(string list, IReadOnlyList<string> keys) => root.CreateProtector(list).Protect(JsonSerializer.Serialize(keys));

    public IReadOnlyList<string>? Decode(string list, string cursor)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(root.CreateProtector(list).Unprotect(cursor));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
