using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Roundtable.Bench.Identity;

if (args is not [var url, var folder])
{
    Console.Error.WriteLine("usage: Identity <url> <folder of database and keys>");
    return 2;
}

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
builder.WebHost.UseUrls(url);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(folder));
builder.Services.AddDbContextPool<AccountsDbContext>(options => options.UseSqlite($"Data Source={Path.Combine(folder, "identity.db")}"));
builder.Services.AddIdentityApiEndpoints<IdentityUser>().AddEntityFrameworkStores<AccountsDbContext>();
builder.Services.AddAuthorization();

var app = builder.Build();
await using (var scope = app.Services.CreateAsyncScope())
{
    var database = scope.ServiceProvider.GetRequiredService<AccountsDbContext>().Database;
    await database.EnsureCreatedAsync(); // also enables WAL
}

app.MapIdentityApi<IdentityUser>();
await app.RunAsync();
return 0;
