using System.Text.Json.Nodes;
using Roundtable.Tests.OpenApi;

namespace Roundtable.Tests.Guards.Specimens;

/// <summary>The API's document with one operation and one fault.</summary>
internal static class DocumentSpecimens
{
    private const string Path = "/api/v1/admin/users/{id}/ban";

    public static IEnumerable<Specimen> All()
    {
        yield return Of(DocumentGuards.OperationIdsNameClientAndMethod, o => o["operationId"] = "banUser", "has the id 'banUser'", "the controller's [Tags(\"…\")]");
        yield return Of(DocumentGuards.OperationsHaveASummary, o => o.Remove("summary"), "has no summary", "write '/// <summary>");
        yield return Of(DocumentGuards.OperationsHaveADescribedTag, o => o["tags"]![0] = "Parcels", "has no tag that is described", "put one [Tags(\"…\")] on its controller");
        yield return Of(DocumentGuards.AnswersAreDescribed, o => Answer(o, "200")["description"] = " ", "does not say what 200 means", "write '/// <response code=\"200\">");
        yield return Of(DocumentGuards.AnswersAreDescribed, o => o["responses"]!.AsObject().Remove("200"), "documents no success", "[ProducesResponseType<");
        yield return Of(DocumentGuards.ParametersAreDescribed, o => o["parameters"]![0]!.AsObject().Remove("description"), "does not describe its parameter 'id'", "write '/// <param name=\"id\">");
        yield return Of(DocumentGuards.ParametersAreInCamelCase, o => o["parameters"]![0]!["name"] = "Id", "takes 'Id'", "rename the parameter");
        yield return Of(DocumentGuards.BodiesHaveAnExample, o => Media(o).Remove("example"), "shows no example of its application/json", "write '/// <example>'");
        yield return Of(DocumentGuards.ExamplesFitTheirSchemas, o => Media(o)["example"]!["reason"] = 1, "has an example in application/json that is none: $.reason is no string", "Correct the '/// <example>'");
        yield return Of(
            DocumentGuards.ErrorsAreProblemDocuments, o => Answer(o, "404")["content"]!["text/plain"] = new JsonObject { ["example"] = "Gone." }, "answers 404 with something else", "[ProducesErrors(\"…\")]");
        yield return Of(DocumentGuards.OperationsHaveADefaultAnswer, o => o["responses"]!.AsObject().Remove("default"), "lacks the answer 'default'", "ErrorAnswers adds it");
        yield return Of(
            DocumentGuards.ErrorsFollowFromNeeds, o => o["responses"]!.AsObject().Remove("401"), "needs a session just when it can answer 401 unauthenticated", "EndpointFacts.Implied");
        yield return Of(
            DocumentGuards.AdminOperationsNeedAPermission, o => o.Remove("x-permission"), "is under /admin and its entry names no permission", "put [RequirePermission(Permissions.…)] on the action");
        yield return Of(
            DocumentGuards.AnswersNameTheirHeaders, o => Answer(o, "429")["headers"]!.AsObject().Remove("Retry-After"), "does not name the header Retry-After of 429", "ResponseHeaders adds it");
        yield return Of(
            DocumentGuards.NoContentHasNoContent,
            o => o["responses"]!["204"] = new JsonObject { ["description"] = "Done.", ["headers"] = Answer(o, "200")["headers"]!.DeepClone(), ["content"] = new JsonObject() },
            "documents a body for 204",
            "answer 200");
        yield return OfWhole(DocumentGuards.SchemasAreClosed, d => d["components"]!["schemas"]!["BanRequest"]!.AsObject().Remove("additionalProperties"), "The schema BanRequest lets unknown members in", "use a record");
        yield return OfWhole(
            DocumentGuards.EnumsAreCamelCaseTexts, d => d["components"]!["schemas"]!["Size"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("Small") }, "The enum Size is not one of texts in camelCase", "leave its members to JsonSetup");
        yield return OfWhole(
            DocumentGuards.SchemasSuitGenerators, d => d["components"]!["schemas"]!["ListOfParcel"] = new JsonObject { ["type"] = "array" }, "a schema named after a generic type", "SchemaNames");
    }

    /// <summary>The document with the one operation, changed.</summary>
    public static JsonObject Read(ServedDocument document, Action<JsonObject> change) => Reduced(document, d => change(d["paths"]![Path]!["post"]!.AsObject()));

    private static JsonObject Reduced(ServedDocument document, Action<JsonObject> change)
    {
        var json = document.Json.DeepClone().AsObject();
        json["paths"] = new JsonObject { [Path] = new JsonObject { ["post"] = json["paths"]![Path]!["post"]!.DeepClone() } };
        change(json);
        return json;
    }

    private static Specimen Of(Func<Subject, IEnumerable<string>> guard, Action<JsonObject> change, string fault, string remedy) =>
        new(Guard.Of(guard), d => new Subject { Document = new ServedDocument(Read(d, change)) }, $"POST {Path} {fault}", remedy);

    private static Specimen OfWhole(Func<Subject, IEnumerable<string>> guard, Action<JsonObject> change, string fault, string remedy) =>
        new(Guard.Of(guard), d => new Subject { Document = new ServedDocument(Reduced(d, change)) }, fault, remedy);

    private static JsonObject Answer(JsonObject operation, string status) => operation["responses"]![status]!.AsObject();

    private static JsonObject Media(JsonObject operation) => operation["requestBody"]!["content"]!["application/json"]!.AsObject();
}
