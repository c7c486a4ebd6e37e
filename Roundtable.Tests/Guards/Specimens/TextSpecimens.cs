namespace Roundtable.Tests.Guards.Specimens;

/// <summary>Source files and projects with one fault each.</summary>
internal static class TextSpecimens
{
    public static IEnumerable<Specimen> All()
    {
        yield return Of(SourceGuards.FilesAreShort, "Roundtable.Api/Users/Long.cs", new string('\n', 251), "Roundtable.Api/Users/Long.cs has 251 lines, more than 250", "part it");
        yield return Of(SourceGuards.TimeIsInjected, "Roundtable.Domain/Users/Late.cs", "var now = DateTime.UtcNow;", "Roundtable.Domain/Users/Late.cs asks the system for the time", "take a TimeProvider");
        yield return Of(
            SourceGuards.SqlStandsInItsPlace, "Roundtable.Infrastructure/Persistence/Repositories/Raw.cs", "db.Users.FromSql($\"SELECT\")", "Raw.cs writes SQL", "say it in LINQ");
        yield return Of(
            SourceGuards.ProvidersStayInPersistence, "Roundtable.Infrastructure/Email/Asking.cs", "if (db.Database.IsSqlite())", "Roundtable.Infrastructure/Email/Asking.cs asks which database", "behind an interface in Roundtable.Infrastructure/Persistence");
        yield return Of(
            SourceGuards.RefusalsHaveAReason, "Roundtable.Application/Parcels/ParcelRules.cs", "return \"The parcel is too blue.\";", "refuses with 'The parcel is too blue.'", "add the sentence to FieldReasons");
        yield return Specimen.Of(
            LayerGuards.ProjectsReferInward, Of(new Project("Roundtable.Domain", ["Roundtable.Application"], [], [])), "Roundtable.Domain refers to the project Roundtable.Application", "declare an interface in Roundtable.Application");
        yield return Specimen.Of(
            LayerGuards.AssembliesReferInward,
            Of(new Project("Roundtable.Application", [], [], ["Microsoft.EntityFrameworkCore"])),
            "The code of Roundtable.Application uses Microsoft.EntityFrameworkCore",
            "declare an interface in Roundtable.Application");
        yield return Specimen.Of(
            LayerGuards.InnerLayersHaveNoPackages, Of(new Project("Roundtable.Domain", [], ["Newtonsoft.Json"], [])), "Roundtable.Domain has the package Newtonsoft.Json", "Put what needs it into Roundtable.Infrastructure");
    }

    private static Specimen Of(Func<Subject, IEnumerable<string>> guard, string path, string text, string fault, string remedy) =>
        Specimen.Of(guard, new Subject { Sources = [new SourceFile(path, text)] }, fault, remedy);

    private static Subject Of(Project project) => new() { Projects = [project] };
}
