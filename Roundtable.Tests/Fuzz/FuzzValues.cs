using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Roundtable.Tests.OpenApi;

namespace Roundtable.Tests.Fuzz;

/// <summary>Generates values for schemas: mostly valid ones, occasionally what an attacker would send.</summary>
internal sealed class FuzzValues(ServedDocument document, FuzzPool pool, Random random)
{
    private const int MaxDepth = 6;

    private static readonly string[] Odd =
    [
        "",
        " ",
        "\t",
        "\n",
        "a\u0000b",
        "\u0001",
        "\u001b[31m",
        "\u007f",
        "\u0085",
        "\u2028",
        "\u202eevil",
        "\ufeff",
        "\ufffe",
        "é",
        "e\u0301",
        "İ",
        "ß",
        "界",
        "🙂",
        "👩‍👩‍👧‍👦",
        "null",
        "true",
        "0",
        "-1",
        "1e400",
        "NaN",
        "[]",
        "{}",
        "\"",
        "'",
        "\\",
        "/",
        "..",
        "../../etc/passwd",
        "%00",
        "%0d%0a",
        "${jndi:ldap://x}",
        "{{7*7}}",
        "%s%n",
        "' OR 1=1 --",
        "'; DROP TABLE Users; --",
        "<script>alert(1)</script>",
        "javascript:alert(1)",
        "=1+1",
        "@SUM(1)",
        "admin",
        "user",
        "me",
        "root@localhost",
        "a@b",
        "a@b.c,d@e.f",
        "\"a b\"@example.com",
        "ａ@example.com",
        "x@example.com\r\nBcc: y@example.com",
        "http://example.com",
        "https://user:pass@example.com/",
        "//example.com",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z",
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00",
        "2026-02-30T00:00:00Z",
        "2026-11-22",
        "12:00",
        "tr-TR",
        "x-private",
        "Europe/Vienna",
        "Etc/GMT+12",
        "../localtime",
        "00000000-0000-0000-0000-000000000000",
        "ffffffffffffffffffffffffffffffff",
        "00000000000000000000000000000000",
        "2147483648",
        "-9223372036854775809",
    ];

    private static readonly string[] Times =
    [
        "2030-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "2031-05-06T07:08:09.123+02:00",
        "9999-12-31T23:59:59Z",
        "2026-12-31",
        "2027-06-15T12:00:00",
    ];

    /// <summary>Returns true with a probability of this percentage.</summary>
    public bool Chance(double percent) => random.NextDouble() * 100 < percent;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    /// <summary>A text that matches no particular format.</summary>
    public string OddText() =>
        random.Next(12) switch
        {
            0 => new string(Pick(['x', ' ', '\u0000', '界', '\u0301']), Pick([65, 101, 255, 501, 1025, 3000, 20_000])),
            1 => string.Concat(Enumerable.Repeat("🙂", Pick([50, 100, 101, 1000]))),
            2 => Garbage(random.Next(1, 40)),
            3 => Pick(pool.Ids),
            4 => Pick(pool.Emails),
            5 => Pick(pool.Cursors),
            _ => Pick(Odd),
        };

    /// <summary>Generates a member's or parameter's value.</summary>
    public JsonNode? For(JsonNode schemaOrReference, string name = "", int depth = 0)
    {
        var schema = document.Resolve(schemaOrReference);
        if (Chance(7) || depth > MaxDepth)
        {
            return Wrong();
        }

        if ((bool?)schema["nullable"] == true && Chance(15))
        {
            return null;
        }

        if ((schema["oneOf"] ?? schema["allOf"])?[0] is { } inner)
        {
            return For(inner, name, depth + 1);
        }

        return (string?)schema["type"] switch
        {
            "object" => Object(schema, depth),
            "array" => new JsonArray([
                .. Enumerable.Range(0, Pick([0, 1, 1, 2, 3, 60])).Select(_ => For(schema["items"]!, name, depth + 1)),
            ]),
            "boolean" => JsonValue.Create(Chance(50)),
            "integer" or "number" => JsonValue.Create(Pick([0, 1, 2, 20, 100, 101, -1, int.MaxValue, int.MinValue])),
            _ => JsonValue.Create(Text(schema, name)),
        };
    }

    private string Text(JsonObject schema, string name)
    {
        if (Chance(12))
        {
            return OddText();
        }

        if (schema["enum"] is JsonArray allowed)
        {
            return (string)Pick([.. allowed])!;
        }

        return ((string?)schema["format"], name.ToUpperInvariant()) switch
        {
            ("email", _) or (_, "EMAIL" or "NEWEMAIL") => Chance(40)
                ? Pick(pool.Emails)
                : $"fuzz{random.Next(1_000_000).ToString(CultureInfo.InvariantCulture)}@example.com",
            ("date-time" or "date", _) => Pick(Times),
            (_, "ID" or "IDS" or "ACTOR" or "TARGET") => Pick(pool.Ids),
            (_, "CURSOR") => Pick(pool.Cursors),
            (_, "TOKEN") => Pick(pool.Tokens),
            (_, "ROLE" or "ROLES") => Pick(["user", "admin", "support", "nobody"]),
            (_, "PERMISSIONS") => Pick(["users:list", "users:read", "users:ban", "audit:read", "users:fly"]),
            (_, "PASSWORD" or "NEWPASSWORD" or "CURRENTPASSWORD") => Pick(["violet stapler fountain", "short", "amber lantern orchard"]),
            _ => (schema["example"] as JsonValue)?.ToString() ?? Garbage(random.Next(1, 20)),
        };
    }

    private JsonObject Object(JsonObject schema, int depth)
    {
        var required = schema["required"]?.AsArray().Select(n => (string)n!).ToHashSet() ?? [];
        var value = new JsonObject();
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            if (required.Contains(name) ? !Chance(4) : Chance(60))
            {
                value[name] = For(member!, name, depth + 1);
            }
        }

        if (schema["additionalProperties"] is JsonObject any)
        {
            foreach (var (name, _) in (schema["example"] as JsonObject ?? []).Where(_ => Chance(60)))
            {
                value[name] = For(any, name, depth + 1);
            }
        }

        if (Chance(4))
        {
            value[Pick(["role", "banned", "emailVerified", "id", "isAdmin", "__proto__", "", "Name", "$type", "🙂"])] = Wrong();
        }

        return value;
    }

    private JsonNode? Wrong() =>
        random.Next(8) switch
        {
            0 => null,
            1 => JsonValue.Create(Pick([true, false])),
            2 => JsonValue.Create(Pick([0d, -1, 1.5, 1e300, 9007199254740993])),
            3 => new JsonArray(),
            4 => new JsonObject(),
            5 => new JsonArray(JsonValue.Create("x"), null, JsonValue.Create(1)),
            6 => new JsonObject { ["x"] = new JsonObject { ["y"] = null } },
            _ => JsonValue.Create(OddText()),
        };

    // Any code point except surrogates, which no JsonNode can hold; the body's bytes are corrupted later.
    private string Garbage(int length)
    {
        var text = new StringBuilder();
        for (var i = 0; i < length; i++)
        {
            text.Append(
                Chance(70)
                    ? new Rune((char)random.Next(' ', '\u007f'))
                    : new Rune(Pick([random.Next(0xD800), random.Next(0xE000, 0x110000)]))
            );
        }

        return text.ToString();
    }
}

/// <summary>Existing values that requests can name: filled once, so that a run can be repeated.</summary>
internal sealed record FuzzPool(
    IReadOnlyList<string> Ids,
    IReadOnlyList<string> Emails,
    IReadOnlyList<string> Cursors,
    IReadOnlyList<string> Tokens
)
{
    public static readonly JsonSerializerOptions Json = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 200,
    };
}
