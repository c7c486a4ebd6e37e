using Roundtable.Tests.OpenApi;

namespace Roundtable.Tests.Guards.Specimens;

/// <summary>Something that breaks one rule.</summary>
/// <param name="Guard">Who has to notice, and nobody else.</param>
/// <param name="Make">Makes it; some need the API's document.</param>
/// <param name="Fault">What has to be said of it.</param>
/// <param name="Remedy">What has to be said that can be done.</param>
internal sealed record Specimen(Guard Guard, Func<ServedDocument, Subject> Make, string Fault, string Remedy)
{
    public static IEnumerable<Specimen> All() =>
        [.. ActionSpecimens.All(), .. CodeSpecimens.All(), .. DocumentSpecimens.All(), .. ModelSpecimens.All(), .. TextSpecimens.All()];

    public static Specimen Of(Func<Subject, IEnumerable<string>> guard, Subject subject, string fault, string remedy) => new(Guard.Of(guard), _ => subject, fault, remedy);

    public override string ToString() => $"{Guard.Name}: {Fault}";
}
