using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.Transactions;

namespace Roundtable.Tests.Support;

/// <summary>Users and data for tests.</summary>
internal static class People
{
    // An address gets five links in fifteen minutes and the shared clock stands still: the first admin signs in once per application.
    private static readonly ConditionalWeakTable<TestApp, Lazy<Task<Browser>>> Roots = [];

    /// <summary>The configured admin; shared by all tests of the application, so do not sign it out or dispose it.</summary>
    public static Task<Browser> RootAsync(this TestApp app) => Roots.GetValue(app, a => new(() => a.SignInAsync(TestApp.AdminEmail))).Value;

    /// <summary>Creates an admin for the test.</summary>
    public static async Task<Browser> NewAdminAsync(this TestApp app)
    {
        var root = await app.RootAsync();
        var admin = await app.SignInAsync(TestApp.NewEmail("admin"));
        (await root.PutAsync($"/admin/users/{admin.UserId}/roles", new { roles = new[] { "admin" } })).ShouldSucceed();
        return admin;
    }

    public static Task<Browser> NewUserAsync(this TestApp app, string? userAgent = null) => app.SignInAsync(TestApp.NewEmail(), userAgent);

    /// <summary>Writes data to the database that no endpoint creates.</summary>
    public static async Task ArrangeAsync(this TestApp app, Func<RoundtableDbContext, Task> arrange)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        await scope
            .ServiceProvider.GetRequiredService<TransactionRunner>()
            .RunAsync(
                async ct =>
                {
                    await arrange(db);
                    await db.SaveChangesAsync(ct);
                    return Result.Success;
                },
                urgent: false,
                CancellationToken.None
            );
    }

    /// <summary>Reads data that no endpoint returns.</summary>
    public static async Task<T> InspectAsync<T>(this TestApp app, Func<RoundtableDbContext, Task<T>> inspect)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await inspect(scope.ServiceProvider.GetRequiredService<RoundtableDbContext>());
    }

    /// <summary>Creates accounts that have never signed in.</summary>
    public static Task AddUsersAsync(
        this TestApp app,
        IEnumerable<string> addresses,
        UserOrigin origin = UserOrigin.Imported,
        bool verified = true
    ) =>
        app.ArrangeAsync(db =>
        {
            foreach (var address in addresses)
            {
                var user = User.Create(Parse(address), null, origin, app.Now);
                if (verified)
                {
                    user.VerifyEmail(app.Now);
                }

                db.Users.Add(user);
            }

            return Task.CompletedTask;
        });

    public static EmailAddress Parse(string address) =>
        EmailAddress.TryParse(address, out var email) ? email : throw new ArgumentException("Not an address.", nameof(address));

    public static string IdOf(this Answer answer, string member = "user") => (string)answer.Data[member]!["id"]!;

    /// <summary>The ID of the response's data.</summary>
    public static string IdOfData(this Answer answer) => (string)answer.Data["id"]!;
}
