using System.Reflection;
using Roundtable.Api.Common;
using Roundtable.Application.Common;

namespace Roundtable.Tests.OpenApi;

public sealed class ErrorCatalogTests
{
    [Test]
    public void Catalog_HasEveryCode_ThatAnEndpointDeclares()
    {
        var declared = typeof(ApiController).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .SelectMany(m => m.GetCustomAttribute<ProducesErrorsAttribute>()?.Codes.Select(c => (Code: c, Action: $"{m.DeclaringType!.Name}.{m.Name}")) ?? [])
            .ToList();
        Assert.Multiple(() =>
        {
            Assert.That(declared, Is.Not.Empty);
            Assert.That(declared.Where(d => !ErrorCatalog.All.ContainsKey(d.Code)), Is.Empty);
        });
    }

    [Test]
    public void Catalog_HasTheStatusThatIsAnswered_ForEveryErrorOfTheApplication()
    {
        var errors = typeof(Error).Assembly.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public))
            .Where(f => f.FieldType == typeof(Error))
            .Select(f => (Error)f.GetValue(null)!)
            .Concat([Errors.NotFound("user", "1"), Errors.Invalid("email", "No.")])
            .ToList();
        Assert.Multiple(() =>
        {
            foreach (var error in errors)
            {
                Assert.That(ErrorCatalog.All.GetValueOrDefault(error.Code)?.Status, Is.EqualTo(ApiProblems.Status(error.Kind)), error.Code);
            }
        });
    }

    [Test]
    public void Meanings_AreSentences() =>
        Assert.That(ErrorCatalog.All.Values.Select(e => e.Meaning), Has.All.Matches<string>(m => char.IsUpper(m[0]) && m.EndsWith('.')));
}
