using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.DataProtection;
using Roundtable.Infrastructure.DataProtection;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Properties;

/// <summary>Cursors round-trip, and only valid ones are accepted.</summary>
public sealed class CursorTests
{
    private readonly ProtectedCursorCodec codec = new(new EphemeralDataProtectionProvider());

    private static Gen<(string List, string[] Keys)> Positions =>
        from list in Texts.Any.Where(t => t.Trim().Length > 0)
        from keys in Texts.Any.ArrayOf()
        select (list, keys);

    [Test]
    public void Cursor_RoundTripsItsKeys() =>
        Positions.Hold(p => codec.Decode(p.List, codec.Encode(p.List, p.Keys))!.SequenceEqual(p.Keys));

    [Test]
    public void Cursor_IsUrlSafe() =>
        Positions.Hold(p => codec.Encode(p.List, p.Keys).All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    [Test]
    public void Cursor_IsInvalid_ForAnotherList() =>
        (from p in Positions from other in Texts.Any.Where(t => t.Trim().Length > 0) select (p, other)).Hold(x =>
            x.other == x.p.List || codec.Decode(x.other, codec.Encode(x.p.List, x.p.Keys)) is null
        );

    // The last base64url character has unused bits: changing only those leaves the same cursor.
    [Test]
    public void Cursor_IsInvalid_WhenACharacterChanged() =>
        (from p in Positions from at in Gen.Choose(0, 10_000) from c in Texts.TokenCharacter select (p, at, c)).Hold(x =>
        {
            var cursor = codec.Encode(x.p.List, x.p.Keys).ToCharArray();
            var (at, before) = (x.at % cursor.Length, cursor[x.at % cursor.Length]);
            cursor[at] = x.c;
            var decoded = codec.Decode(x.p.List, new string(cursor));
            return decoded is null || x.c == before || (at == cursor.Length - 1 && decoded.SequenceEqual(x.p.Keys));
        });

    [Test]
    public void Cursor_IsInvalid_WhenTruncatedOrExtended() =>
        (from p in Positions from n in Gen.Choose(1, 10_000) from c in Texts.TokenCharacter select (p, n, c)).Hold(x =>
        {
            var cursor = codec.Encode(x.p.List, x.p.Keys);
            return codec.Decode(x.p.List, cursor[..^(((x.n - 1) % cursor.Length) + 1)]) is null
                && codec.Decode(x.p.List, cursor + x.c) is null
                && codec.Decode(x.p.List, x.c + cursor) is null;
        });

    [Test]
    public void Cursor_IsInvalid_WhenForged() =>
        Gen.OneOf(Texts.Any, Texts.TokenCharacter.ArrayOf().Select(c => new string(c)))
            .Hold(text => codec.Decode("users", text) is null, 3000);

    [Test]
    public async Task Lists_RefuseForgedCursors()
    {
        using var admin = await TestApp.Current.SignInAsAdminAsync();
        Gen.OneOf(Texts.Any, Texts.TokenCharacter.ArrayOf().Select(c => new string(c)))
            .Where(t => t.Trim().Length > 0)
            .Hold(
                text =>
                {
                    var answer = admin.GetAsync($"/admin/users?cursor={Uri.EscapeDataString(text)}").GetAwaiter().GetResult();
                    return answer is { Status: 400, Code: "invalid_cursor" };
                },
                200
            );
    }
}
