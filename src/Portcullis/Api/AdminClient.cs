using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Portcullis.Api.Answers;

namespace Portcullis.Api;

/// <summary>Speaks to a gateway's admin API; whatever goes wrong becomes an exit code and a sentence.</summary>
internal sealed class AdminClient : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly bool _hasToken;
    private readonly CancellationToken _stop;

    public AdminClient(Uri address, string? token, CancellationToken stop)
    {
        _address = address;
        _hasToken = token is not null;
        _stop = stop;
        // No proxy: the token goes to the gateway and nowhere else.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = address,
            Timeout = Timeout,
        };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type) => SendAsync(HttpMethod.Get, path, null, type);

    public Task<T> DeleteAsync<T>(string path, JsonTypeInfo<T> type) => SendAsync(HttpMethod.Delete, path, null, type);

    public Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        JsonTypeInfo<TAnswer> type
    ) => SendAsync(HttpMethod.Post, path, JsonContent.Create(body, bodyType), type);

    /// <summary>The hash of a caller given by name or hash. Names travel in bodies only.</summary>
    public async Task<string> CallerAsync(string name) =>
        Core.Hashing.Key128.TryParse(name, out _) ? name : (await FindCallerAsync(name)).Caller;

    /// <summary>The hash of a caller given by name or hash, and whether it was ever seen.</summary>
    public Task<CallerNameAnswer> FindCallerAsync(string name) =>
        PostAsync(
            "/v1/callers/find",
            new CallerNameRequest(name),
            AdminJson.Default.CallerNameRequest,
            AdminJson.Default.CallerNameAnswer
        );

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        try
        {
            using var response = await _http.SendAsync(request, _stop);
            if (!response.IsSuccessStatusCode)
            {
                throw await FailureAsync(response);
            }
            return await response.Content.ReadFromJsonAsync(type, _stop) ?? throw NotAGateway();
        }
        catch (HttpRequestException fault)
        {
            throw CommandFailure.Unreachable(
                $"no gateway answers at {_address}: {fault.Message.TrimEnd('.')}. Start it with `portcullis run`, or give its admin address with --admin."
            );
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            throw CommandFailure.Unreachable($"the gateway at {_address} did not answer within {Timeout.TotalSeconds} s.");
        }
        catch (JsonException)
        {
            throw NotAGateway();
        }
    }

    private CommandFailure NotAGateway() =>
        CommandFailure.Unreachable($"what answers at {_address} is not this version of the admin API.");

    private async Task<CommandFailure> FailureAsync(HttpResponseMessage response)
    {
        var problem = await ProblemAsync(response);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new CommandFailure(
                ExitCode.Unauthorised,
                _hasToken
                    ? "the admin token is wrong. Is --data the folder of this gateway?"
                    : $"no admin token found. Give --data FOLDER of the gateway, --token, or set {AdminToken.Variable}."
            ),
            HttpStatusCode.BadRequest => CommandFailure.BadInput(problem),
            HttpStatusCode.NotFound or HttpStatusCode.Conflict => new CommandFailure(ExitCode.Finding, problem),
            _ => CommandFailure.Unreachable($"the gateway at {_address} answered {(int)response.StatusCode}: {problem}"),
        };
    }

    private async Task<string> ProblemAsync(HttpResponseMessage response)
    {
        try
        {
            return (await response.Content.ReadFromJsonAsync(AdminJson.Default.ProblemAnswer, _stop))?.Detail ?? "";
        }
        catch (JsonException)
        {
            return response.ReasonPhrase ?? "";
        }
    }
}
