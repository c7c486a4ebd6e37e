using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Roundtable.Api.Common;

namespace Roundtable.Api.OpenApi;

/// <summary>What a problem document looks like, for each code.</summary>
internal static class ProblemExamples
{
    public static OpenApiExample Of(CatalogedError error)
    {
        var problem = new JsonObject
        {
            ["type"] = $"urn:roundtable:problem:{error.Code}",
            ["title"] = ReasonPhrases.GetReasonPhrase(error.Status),
            ["status"] = error.Status,
            ["detail"] = error.Meaning,
            ["instance"] = "/api/v1/…",
            ["success"] = false,
            ["code"] = error.Code,
            ["context"] = Context(error.Code),
            ["requestId"] = Examples.RequestId,
        };
        if (error.Code == "validation_failed")
        {
            problem.Insert(8, "errors", new JsonObject { ["email"] = new JsonArray("This is not an e-mail address.") });
            var reason = new JsonObject { ["code"] = "not_an_address", ["min"] = null, ["max"] = null };
            problem.Insert(9, "reasons", new JsonObject { ["email"] = new JsonArray(reason) });
        }

        return new OpenApiExample { Summary = error.Code, Value = problem };
    }

    private static JsonObject Context(string code) => code switch
    {
        "validation_failed" => new JsonObject { ["field"] = "email", ["reason"] = "This is not an e-mail address." },
        "invalid_callback" => new JsonObject { ["field"] = "callbackUrl" },
        "not_found" => new JsonObject { ["resource"] = "user", ["id"] = Examples.Id },
        "forbidden" => new JsonObject { ["permission"] = "users:ban" },
        "user_banned" => new JsonObject { ["reason"] = "Spam", ["expiresAt"] = "2030-01-01T00:00:00Z" },
        _ => [],
    };
}
