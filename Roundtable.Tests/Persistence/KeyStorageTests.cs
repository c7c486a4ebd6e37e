using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>Data-protection keys stored in the database, as with SQL Server.</summary>
public sealed class KeyStorageTests
{
    [Test]
    public async Task Keys_AreCreatedAndStored_InTheDatabase()
    {
        await using var app = TestApp.Start(
            services => services.AddDataProtection().PersistKeysToDbContext<RoundtableDbContext>(),
            ("Database:Provider", "Sqlite")
        );

        // The mailed link is encrypted with such a key.
        using var user = await app.SignInAsync(TestApp.NewEmail());

        await using var scope = app.Services.CreateAsyncScope();
        Assert.That(await scope.ServiceProvider.GetRequiredService<RoundtableDbContext>().DataProtectionKeys.CountAsync(), Is.EqualTo(1));
    }
}
