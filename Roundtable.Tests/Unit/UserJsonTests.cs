using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;
using Roundtable.Api.Common;
using Roundtable.Application.Profiles;
using Roundtable.Application.Users;

namespace Roundtable.Tests.Unit;

/// <summary>Both ways of writing a user produce the same JSON.</summary>
[TestFixture]
public sealed class UserJsonTests
{
    private static readonly UserDto Full = new()
    {
        Id = "019ab2c4d5e67f8091a2b3c4d5e6f708",
        Email = "ada+test@example.com",
        Name = "Ada <b>\"Ärger\" & 'so'</b> \u2028 😀 \\ \u0001",
        Image = "https://example.com/a.png?x=1&y=2",
        EmailVerified = true,
        Roles = ["admin", "user"],
        Banned = true,
        BanReason = "Zeile\r\n\tzwei",
        BanExpiresAt = new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        TwoFactorEnabled = true,
        LastSeenAt = new DateTime(2026, 11, 28, 12, 0, 0, 120, DateTimeKind.Utc),
        CreatedAt = new DateTime(2026, 11, 28, 12, 0, 0, DateTimeKind.Utc).AddTicks(1),
        UpdatedAt = DateTime.UnixEpoch,
        Version = 7,
        Profile = new ProfileDto
        {
            Bio = "日本語 / «»",
            Locale = "en-GB",
            TimeZone = "Europe/London",
            Extra = new Dictionary<string, ProfileValue>
            {
                ["company"] = new("A & B"),
                ["Size"] = new(1.50m),
                ["active"] = new(true),
                ["none"] = new(null),
            },
        },
    };

    private static readonly UserDto Sparse = Full with
    {
        Name = "Bo",
        Image = null,
        Roles = [],
        Banned = false,
        BanReason = null,
        BanExpiresAt = null,
        LastSeenAt = null,
        Profile = new ProfileDto
        {
            Bio = null,
            Locale = null,
            TimeZone = null,
        },
    };

    private static readonly object[] Answers =
    [
        Answer(Full),
        Answer(Sparse),
        Answer(
            new PublicProfileDto
            {
                Id = Full.Id,
                Name = "Bo",
                Image = null,
                Bio = null,
                CreatedAt = Full.CreatedAt,
            }
        ),
        Answer(
            new PagedList<UserDto>
            {
                Items = [Full, Sparse],
                Pagination = new Pagination
                {
                    NextCursor = "abc-_",
                    HasMore = true,
                    Count = 2,
                    Total = 9,
                },
            }
        ),
        Answer(
            new PagedList<UserDto>
            {
                Items = [],
                Pagination = new Pagination
                {
                    NextCursor = null,
                    HasMore = false,
                    Count = 0,
                    Total = null,
                },
            }
        ),
    ];

    private static readonly object[] OtherAnswers = [Answer("text"), "text", Full];

    [TestCaseSource(nameof(Answers))]
    public async Task UserResponses_AreTheSame_AsTheSerializers(object answer)
    {
        var options = new JsonOptions();
        JsonSetup.Configure(options.JsonSerializerOptions);
        options.JsonSerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

        Assert.That(
            await WriteAsync(new GeneratedJsonFormatter(), answer),
            Is.EqualTo(JsonSerializer.Serialize(answer, options.JsonSerializerOptions))
        );
    }

    [TestCaseSource(nameof(OtherAnswers))]
    public void OtherResponses_UseTheSerializer(object answer) =>
        Assert.That(new GeneratedJsonFormatter().CanWriteResult(Context(new DefaultHttpContext(), answer)), Is.False);

    private static ApiResponse<T> Answer<T>(T data) =>
        new()
        {
            Data = data,
            Meta = new ResponseMeta { RequestId = "0HN<1>", Timestamp = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) },
        };

    private static async Task<string> WriteAsync(GeneratedJsonFormatter formatter, object answer)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        var context = Context(http, answer);
        Assert.That(formatter.CanWriteResult(context), Is.True);
        await formatter.WriteAsync(context);
        return Encoding.UTF8.GetString(body.ToArray());
    }

    private static OutputFormatterWriteContext Context(HttpContext http, object answer) =>
        new(http, (stream, encoding) => new StreamWriter(stream, encoding), answer.GetType(), answer);
}
