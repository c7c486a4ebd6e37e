using Microsoft.EntityFrameworkCore;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Roundtable.Infrastructure.Persistence.SqlServer;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>How a write transaction reads its caller's session on SQL Server: in one statement, which holds off who would end or demote it.</summary>
[Category("threat-32")]
public sealed class SqlServerSessionLoadsTests
{
    [Test]
    public void Session_IsReadUnderLocks()
    {
        using var db = Models.SqlServer();
        var sql = SqlServerSessionLoads.Rows(db, SqlServerSessionLoads.Sessions(db).Where(s => s.KeyHash == "x"), DateTime.UtcNow).ToQueryString();
        using var reader = new StringReader(sql);
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        Assert.Multiple(() =>
        {
            Assert.That(errors.Select(e => e.Message), Is.Empty, sql);
            Assert.That(sql, Does.Contain("FROM [Sessions] WITH (UPDLOCK, ROWLOCK)").And.Contain("FROM [Users] WITH (UPDLOCK, ROWLOCK)"));
            Assert.That(sql, Does.Contain("FROM [UserRoles] WITH (READCOMMITTEDLOCK)").And.Contain("FROM [Roles] WITH (REPEATABLEREAD, ROWLOCK)"));
        });
    }
}
