using System.Net;
using Portcullis.Api.Answers;

namespace Portcullis.Api;

/// <summary>
/// Who gets in: requests under a name that is ours (against DNS rebinding), with the token. Wrong tokens wait a moment and only so many at
/// once, so that guessing is slow and costs nothing.
/// </summary>
internal sealed class AdminDoor(AdminServices services)
{
    private const int MostWaiting = 16;
    private const string Scheme = "Bearer ";
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(250);

    private int _waiting;

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.Value is "/healthz" or "/readyz")
        {
            await next(context);
            return;
        }
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (!IsOurs(context.Request.Host.Host))
        {
            await WriteAsync(
                context,
                StatusCodes.Status421MisdirectedRequest,
                "This name is not served here.",
                "The admin address answers to localhost and IP addresses; other names must be listed for it."
            );
            return;
        }
        var authorization = context.Request.Headers.Authorization.ToString();
        if (
            authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && services.Token.Matches(authorization.AsSpan(Scheme.Length).Trim())
        )
        {
            await next(context);
            return;
        }
        await RefuseAsync(context, wasGuess: authorization.Length > 0);
    }

    public static async Task WriteAsync(HttpContext context, int status, string title, string detail)
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(
            new ProblemAnswer(title, status, detail),
            AdminJson.Default.ProblemAnswer,
            "application/problem+json",
            context.RequestAborted
        );
    }

    private bool IsOurs(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host.Trim('[', ']'), out _)
        || services.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private async Task RefuseAsync(HttpContext context, bool wasGuess)
    {
        if (wasGuess)
        {
            if (Interlocked.Increment(ref _waiting) > MostWaiting)
            {
                Interlocked.Decrement(ref _waiting);
                context.Response.Headers.RetryAfter = "1";
                await WriteAsync(
                    context,
                    StatusCodes.Status429TooManyRequests,
                    "Too many wrong tokens at once.",
                    "Try again later."
                );
                return;
            }
            try
            {
                await Task.Delay(Delay, context.RequestAborted);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        }
        context.Response.Headers.WWWAuthenticate = "Bearer";
        await WriteAsync(
            context,
            StatusCodes.Status401Unauthorized,
            "The admin token is missing or wrong.",
            $"Send it as a bearer token. It stands in `{AdminToken.FileName}` in the data folder, or in the environment variable {AdminToken.Variable}."
        );
    }
}
