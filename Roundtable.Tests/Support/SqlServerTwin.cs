using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.SqlServer;

namespace Roundtable.Tests.Support;

/// <summary>
/// Observes an application on SQLite and translates every query that EF Core compiles there to SQL for SQL Server as well, without
/// connecting. Shows what would fail on SQL Server without a server.
/// </summary>
internal sealed class SqlServerTwin : IQueryExpressionInterceptor
{
    private readonly ConcurrentDictionary<string, string> statements = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> failures = [];

    /// <summary>The distinct SQL texts.</summary>
    public ICollection<string> Statements => statements.Keys;

    /// <summary>Queries that the SQL Server provider could not translate.</summary>
    public IReadOnlyCollection<string> Failures => failures;

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        if (eventData.Context is RoundtableDbContext)
        {
            try
            {
                Translate(queryExpression);
            }
            catch (Exception e)
            {
                failures.Enqueue($"{e.GetBaseException().Message}\n{eventData.ExpressionPrinter.PrintExpression(queryExpression)}");
            }
        }

        return queryExpression;
    }

    /// <summary>Creates a SQL Server context whose commands are recorded and return nothing.</summary>
    public RoundtableDbContext Open() =>
        new SqlServerRoundtableDbContext(
            new DbContextOptionsBuilder<SqlServerRoundtableDbContext>()
                .UseSqlServer("Server=nowhere")
                .AddInterceptors(new Commands(this), new Silence())
                .Options
        );

    private void Translate(Expression expression)
    {
        using var db = Open();
        var query = new Roots(db.Model).Visit(expression);
        var result =
            query.Type.IsGenericType && query.Type.GetGenericTypeDefinition() == typeof(IQueryable<>)
                ? typeof(IAsyncEnumerable<>).MakeGenericType(query.Type.GenericTypeArguments)
            : ItemOf(query.Type) is { } item ? typeof(IAsyncEnumerable<>).MakeGenericType(item)
            : typeof(Task<>).MakeGenericType(query.Type);
        var compilation = db.GetService<IQueryCompilationContextFactory>().Create(async: true);
        var run = (Delegate)
            typeof(QueryCompilationContext)
                .GetMethod(nameof(QueryCompilationContext.CreateQueryExecutor))!
                .MakeGenericMethod(result)
                .Invoke(compilation, [query])!;
        var context = db.GetService<IQueryContextFactory>().Create();
        var parameters = new Parameters();
        parameters.Visit(query);
        foreach (var (name, type) in parameters.Found)
        {
            context.Parameters[name] = Sample(type);
        }

        var count = statements.Count;
        Finish(run.DynamicInvoke(context)!, result, () => statements.Count > count);
    }

    // A query for a single value finds no row and throws; its SQL is recorded by then.
    private static void Finish(object running, Type result, Func<bool> hasSql)
    {
        try
        {
            if (running is Task task)
            {
                task.GetAwaiter().GetResult();
            }
            else
            {
                var move = typeof(SqlServerTwin).GetMethod(
                    nameof(MoveAsync),
                    System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static
                )!;
                ((Task)move.MakeGenericMethod(result.GenericTypeArguments).Invoke(null, [running])!).GetAwaiter().GetResult();
            }
        }
        catch (InvalidOperationException) when (hasSql()) { }
    }

    private static async Task MoveAsync<T>(IAsyncEnumerable<T> rows)
    {
        await foreach (var _ in rows) { }
    }

    private static Type? ItemOf(Type type) =>
        type == typeof(string)
            ? null
            : type.GetInterfaces()
                .Append(type)
                .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IQueryable<>))
                ?.GenericTypeArguments[0];

    private static object? Sample(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => "x",
            _ when type == typeof(DateTime) => DateTime.UnixEpoch,
            { IsValueType: true } => Activator.CreateInstance(type),
            { IsArray: true } => Filled(type.GetElementType()!),
            { IsGenericType: true } when type.IsAssignableFrom(typeof(List<>).MakeGenericType(type.GenericTypeArguments)) =>
                Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GenericTypeArguments), Filled(type.GenericTypeArguments[0])),
            _ => null,
        };
    }

    private static Array Filled(Type element)
    {
        var array = Array.CreateInstance(element, 2);
        array.SetValue(Sample(element), 0);
        array.SetValue(Sample(element), 1);
        return array;
    }

    /// <summary>Replaces the tables of one model with those of the other.</summary>
    private sealed class Roots(IModel model) : ExpressionVisitor
    {
        protected override Expression VisitExtension(Expression node) =>
            node is EntityQueryRootExpression root
                ? new EntityQueryRootExpression(model.FindEntityType(root.EntityType.Name)!)
                : base.VisitExtension(node);
    }

    private sealed class Parameters : ExpressionVisitor
    {
        public Dictionary<string, Type> Found { get; } = [];

        protected override Expression VisitExtension(Expression node)
        {
            if (node is QueryParameterExpression parameter)
            {
                Found[parameter.Name] = parameter.Type;
            }

            return base.VisitExtension(node);
        }
    }

    private sealed class Commands(SqlServerTwin twin) : DbCommandInterceptor
    {
        public override InterceptionResult<DbDataReader> ReaderExecuting(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result
        ) => InterceptionResult<DbDataReader>.SuppressWithResult(Record(command));

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        ) => ValueTask.FromResult(InterceptionResult<DbDataReader>.SuppressWithResult(Record(command)));

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            Record(command);
            return ValueTask.FromResult(InterceptionResult<int>.SuppressWithResult(0));
        }

        private DataTableReader Record(DbCommand command)
        {
            twin.statements.TryAdd(command.CommandText, "");
            using var nothing = new DataTable();
            return nothing.CreateDataReader();
        }
    }

    /// <summary>Suppresses opening connections and starting transactions.</summary>
    private sealed class Silence : IDbConnectionInterceptor, IDbTransactionInterceptor
    {
        public InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
            InterceptionResult.Suppress();

        public ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection,
            ConnectionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default
        ) => ValueTask.FromResult(InterceptionResult.Suppress());

        public ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection,
            TransactionStartingEventData eventData,
            InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default
        ) =>
            ValueTask.FromResult(
                InterceptionResult<DbTransaction>.SuppressWithResult(new NoTransaction(connection, eventData.IsolationLevel))
            );
    }

    private sealed class NoTransaction(DbConnection connection, IsolationLevel level) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => level;

        protected override DbConnection DbConnection => connection;

        public override void Commit() { }

        public override void Rollback() { }
    }
}
