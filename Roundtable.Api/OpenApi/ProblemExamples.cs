using Microsoft.AspNetCore.WebUtilities;
using Newtonsoft.Json.Linq;
using NSwag;
using Roundtable.Api.Common;

namespace Roundtable.Api.OpenApi;

/// <summary>Creates an example problem document for each code.</summary>
internal static class ProblemExamples
{
    public static OpenApiExample Of(CatalogedError error)
    {
        var problem = new JObject
        {
            ["type"] = $"urn:roundtable:problem:{error.Code}",
            ["title"] = ReasonPhrases.GetReasonPhrase(error.Status),
            ["status"] = error.Status,
            ["detail"] = error.Meaning,
            ["instance"] = "/api/v1/…",
            ["success"] = false,
            ["code"] = error.Code,
            ["context"] = Context(error.Code),
        };
        if (error.Code == "validation_failed")
        {
            problem["errors"] = new JObject { ["email"] = new JArray("This is not an e-mail address.") };
            problem["reasons"] = new JObject
            {
                ["email"] = new JArray(
                    new JObject
                    {
                        ["code"] = "not_an_address",
                        ["min"] = null,
                        ["max"] = null,
                    }
                ),
            };
        }

        problem["requestId"] = Examples.RequestId;
        return new OpenApiExample { Summary = error.Code, Value = problem };
    }

    private static JObject Context(string code) =>
        code switch
        {
            "validation_failed" => new JObject { ["field"] = "email", ["reason"] = "This is not an e-mail address." },
            "invalid_callback" => new JObject { ["field"] = "callbackUrl" },
            "not_found" => new JObject { ["resource"] = "user", ["id"] = Examples.Id },
            "forbidden" => new JObject { ["permission"] = "users:ban" },
            "user_banned" => new JObject { ["reason"] = "Spam", ["expiresAt"] = "2030-01-01T00:00:00Z" },
            _ => [],
        };
}
