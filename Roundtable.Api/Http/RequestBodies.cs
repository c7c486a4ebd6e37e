using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Roundtable.Api.Http;

/// <summary>
/// Lets requests finish receiving their body during shutdown. Kestrel cancels pending reads then, which every reader of a body
/// reports as its own kind of failure. A body that does not arrive in time results in 503.
/// </summary>
internal static class RequestBodies
{
    // Well within the host's shutdown timeout, so that the response is still sent.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static void UseRequestBodies(this WebApplication app)
    {
        var overdue = new CancellationTokenSource();
        app.Lifetime.ApplicationStopping.Register(() => overdue.CancelAfter(Patience));
        app.Use(
            (context, next) =>
                context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true
                    ? WithBodyAsync(context, next, overdue.Token)
                    : next(context)
        );
    }

    private static async Task WithBodyAsync(HttpContext context, RequestDelegate next, CancellationToken overdue)
    {
        var body = context.Request.BodyReader;
        var reader = new StoppingBodyReader(body, overdue);
        context.Request.Body = reader.AsStream(leaveOpen: true);
        context.Features.Set<IRequestBodyPipeFeature>(reader);
        await using var wake = overdue.UnsafeRegister(static b => ((PipeReader)b!).CancelPendingRead(), body);
        await next(context);
    }

    /// <summary>A body whose reads are cancelled only by <paramref name="overdue"/>.</summary>
    private sealed class StoppingBodyReader(PipeReader body, CancellationToken overdue) : PipeReader, IRequestBodyPipeFeature
    {
        public PipeReader Reader => this;

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            while (true)
            {
                var result = await body.ReadAsync(cancellationToken);
                if (!result.IsCanceled)
                {
                    return result;
                }

                // Nothing is marked as examined, so the next read returns the data of the cancelled one at once.
                body.AdvanceTo(result.Buffer.Start);
                if (overdue.IsCancellationRequested)
                {
                    throw new BadHttpRequestException(
                        "The server is shutting down, and the body did not arrive in time.",
                        StatusCodes.Status503ServiceUnavailable
                    );
                }
            }
        }

        public override bool TryRead(out ReadResult result) => body.TryRead(out result);

        public override void AdvanceTo(SequencePosition consumed) => body.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => body.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => body.CancelPendingRead();

        public override void Complete(Exception? exception = null) => body.Complete(exception);
    }
}
