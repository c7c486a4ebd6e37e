using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Roundtable.Tests.OpenApi;

namespace Roundtable.Tests.Fuzz;

/// <summary>The caller.</summary>
internal enum FuzzRole
{
    SignedOut,
    User,
    Admin,
}

/// <summary>A request as it is sent.</summary>
internal sealed record FuzzRequest(
    int Index,
    Operation Operation,
    FuzzRole Role,
    string Path,
    IReadOnlyList<(string Name, string Value)> Headers,
    byte[]? Body,
    string? ContentType
)
{
    public override string ToString()
    {
        var body = Body is null ? "no body" : $"{ContentType ?? "no type"}: {Encoding.UTF8.GetString(Body, 0, Math.Min(Body.Length, 300))}";
        return $"#{Index.ToString(CultureInfo.InvariantCulture)} {Operation.Id} as {Role}: {Operation.Method} {Path} "
            + $"[{string.Join(", ", Headers)}] {body}";
    }
}

/// <summary>Generates the requests of a run. A request depends only on the seed and its number.</summary>
internal sealed class FuzzRequests(ServedDocument document, FuzzPool pool, int seed)
{
    private const int Megabyte = 1024 * 1024;
    private const int LongestLine = 7_500;

    // Each call costs a password hash of a tenth of a second, so most are replaced by another operation.
    private static readonly string[] Hashing =
    [
        "Auth_signIn",
        "Auth_signUp",
        "Auth_reauthenticate",
        "Auth_changePassword",
        "AdminUsers_setUserPassword",
        "AdminUsers_createUser",
    ];

    public FuzzRequest Make(int index)
    {
        var random = new Random(HashCode(seed, index));
        var values = new FuzzValues(document, pool, random);
        var operation = Choose(values);
        var role = values.Pick([FuzzRole.SignedOut, FuzzRole.User, FuzzRole.Admin, FuzzRole.Admin]);
        var (body, type) = Body(operation, values, random);
        return new FuzzRequest(index, operation, role, Path(operation, values), Headers(operation, values), body, type);
    }

    private Operation Choose(FuzzValues values)
    {
        var operation = values.Pick(document.Operations);
        return Hashing.Contains(operation.Id) && values.Chance(75) ? values.Pick(document.Operations) : operation;
    }

    private static string Path(Operation operation, FuzzValues values)
    {
        var path = operation.Path;
        var query = new List<string>();
        foreach (var parameter in Parameters(operation))
        {
            var (name, place, schema) = ((string)parameter["name"]!, (string?)parameter["in"], parameter["schema"]!);
            if (place == "path")
            {
                path = path.Replace($"{{{name}}}", Segment(values.For(schema, name)), StringComparison.Ordinal);
            }
            else if (place == "query" && values.Chance(35))
            {
                query.Add($"{name}={Uri.EscapeDataString(Text(values.For(schema, name)))}");
                if (values.Chance(3))
                {
                    query.Add(query[^1]);
                }
            }
        }

        if (operation is { Method: "DELETE", Path: "/api/v1/admin/sessions" })
        {
            // Would sign out all users, including this run's.
            query.Add("search=nobody-has-this-name");
        }
        else if (values.Chance(2))
        {
            query.Add($"{Uri.EscapeDataString(values.OddText())}={Uri.EscapeDataString(values.OddText())}");
        }

        // Longer request lines never reach the application.
        var full = query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
        return full.Length <= LongestLine ? full : path;
    }

    // An empty segment, dots and a null character would address other endpoints, or none.
    private static string Segment(JsonNode? value) =>
        Text(value) switch
        {
            "" or "." or ".." or "me" => "x",
            var text => Uri.EscapeDataString(
                (text.Length > 300 ? text[..300] : text).Replace("\0", "", StringComparison.Ordinal)
                    + (text.Trim('\0').Length == 0 ? "x" : "")
            ),
        };

    private static List<(string, string)> Headers(Operation operation, FuzzValues values)
    {
        var headers = new List<(string, string)>();
        if (Parameters(operation).Any(p => (string?)p["name"] == "If-Match") && values.Chance(30))
        {
            headers.Add(
                (
                    "If-Match",
                    values.Pick(["*", "\"1\"", "\"2\"", "\"1\", \"2\"", "W/\"1\"", "garbage", "\"\"", "\"99999999999\"", "*, \"1\""])
                )
            );
        }

        if (values.Chance(3))
        {
            headers.Add(
                values.Pick([
                    ("Accept", "text/html"),
                    ("Accept", "nonsense"),
                    ("Accept-Language", "tr"),
                    ("Accept-Encoding", "br, gzip"),
                    ("X-Request-Id", "a b"),
                    ("User-Agent", new string('x', 2000)),
                    ("X-Forwarded-For", "1.2.3.4, x"),
                    ("Sec-Fetch-Site", "same-origin"),
                    ("Range", "bytes=0-1"),
                    ("If-None-Match", "*"),
                    ("Cookie", "roundtable.session=garbage"),
                    ("Expect", "nothing"),
                ])
            );
        }

        return headers.FindAll(h => h.Item1 != "Expect");
    }

    private static (byte[]? Body, string? Type) Body(Operation operation, FuzzValues values, Random random)
    {
        if (operation.Json["requestBody"]?["content"] is not JsonObject contents)
        {
            return values.Chance(5) ? ("{}"u8.ToArray(), "application/json") : (null, null);
        }

        var (type, media) = values.Pick([.. contents]);
        var text = type.EndsWith("/json", StringComparison.Ordinal)
            ? (values.For(media!["schema"]!) ?? "null").ToJsonString(FuzzPool.Json)
            : Table(type, values);
        var bytes = Broken(Encoding.UTF8.GetBytes(text), values, random);
        return (
            bytes,
            values.Chance(3)
                ? values.Pick([
                    "text/plain",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "application/json; charset=utf-16",
                    "application/json; charset=bogus",
                    "nonsense",
                    "application/xml",
                    null,
                ])
                : type
        );
    }

    /// <summary>The body's bytes, occasionally corrupted.</summary>
    private static byte[] Broken(byte[] bytes, FuzzValues values, Random random)
    {
        if (!values.Chance(14))
        {
            return bytes;
        }

        var cut = random.Next(bytes.Length + 1);
        return random.Next(12) switch
        {
            0 => [],
            1 => bytes[..cut],
            2 => [.. bytes[..cut], (byte)random.Next(256), .. bytes[cut..]],
            3 => [.. bytes, .. bytes],
            4 => [0xEF, 0xBB, 0xBF, .. bytes],
            5 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes)),
            6 => [.. bytes[..cut], 0xED, 0xA0, 0x80, .. bytes[cut..]],
            7 => Encoding.ASCII.GetBytes(new string('[', 2000)),
            8 => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40)),
            9 => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("\":\"", "\":\"\\ud800", StringComparison.Ordinal)),
            10 when values.Chance(20) => [.. bytes, .. Enumerable.Repeat((byte)' ', Megabyte + 1)],
            _ => [.. bytes.Select(b => values.Chance(3) ? (byte)random.Next(256) : b)],
        };
    }

    private static string Table(string type, FuzzValues values)
    {
        string[] columns = ["email", "name", "emailVerified", "roles", "passwordHash", "createdAt", "banned", "banReason"];
        var used = columns.Where((c, i) => i == 0 || values.Chance(50)).ToList();
        var rows = Enumerable
            .Range(0, values.Pick([0, 1, 2, 5]))
            .Select(_ => used.Select(c => (Name: c, Value: Cell(c, values))).ToList())
            .ToList();
        return type == "text/csv"
            ? string.Concat(
                rows.Select(r => string.Join(',', r.Select(c => $"\"{c.Value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\n")
                    .Prepend(string.Join(',', used) + "\n")
            )
            : string.Concat(
                rows.Select(r =>
                    new JsonObject(r.Select(c => KeyValuePair.Create(c.Name, (JsonNode?)c.Value))).ToJsonString(FuzzPool.Json) + "\n"
                )
            );
    }

    private static string Cell(string column, FuzzValues values) =>
        values.Chance(15)
            ? values.OddText()
            : column switch
            {
                "email" => $"import{values.Pick([1, 2, 3, 4, 5, 6, 7, 8, 9])}@example.com",
                "emailVerified" or "banned" => values.Pick(["true", "false", "1", "0"]),
                "roles" => values.Pick(["user", "user;admin", "nobody"]),
                "createdAt" => values.Pick(["2020-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "1500-01-01"]),
                _ => "Grace",
            };

    private static string Text(JsonNode? value) =>
        value is null ? ""
        : value is JsonValue && value.GetValueKind() == System.Text.Json.JsonValueKind.String ? (string)value!
        : value.ToJsonString();

    private static IEnumerable<JsonObject> Parameters(Operation operation) =>
        operation.Json["parameters"]?.AsArray().Select(p => p!.AsObject()) ?? [];

    // Not System.HashCode, which differs between runs.
    private static int HashCode(int seed, int index) => unchecked((seed * 486_187_739) + (index * 16_777_619));
}
