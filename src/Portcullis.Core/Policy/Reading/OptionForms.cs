using System.Buffers;
using System.Net;
using Portcullis.Core.Policy.Options;
using Portcullis.Core.Routing;

namespace Portcullis.Core.Policy.Reading;

/// <summary>Checks the text of values whose form is fixed: URLs, networks, names, operation ids.</summary>
internal static class OptionForms
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly SearchValues<char> NameLetters = SearchValues.Create(Letters + "-_.");

    // RFC 9110, section 5.6.2.
    private static readonly SearchValues<char> TokenLetters = SearchValues.Create(Letters + "!#$%&'*+-.^_`|~");

    /// <summary>What is wrong with the text, or null.</summary>
    public static (string Message, string Remedy)? Objection(OptionForm form, string text)
    {
        if (text.Length == 0)
        {
            return ("The value is empty.", "Give it one, or remove the key.");
        }
        var shown = MessageText.Shown(text);
        return form switch
        {
            OptionForm.Name when text.Length > 64 || text.AsSpan().ContainsAnyExcept(NameLetters) => (
                $"`{shown}` is not a name.",
                "Use letters, digits, `-`, `_` and `.`, at most 64."
            ),
            OptionForm.Token when text.Length > 128 || text.AsSpan().ContainsAnyExcept(TokenLetters) => (
                $"`{shown}` is not the name of a header, parameter or cookie.",
                "Use letters, digits and `-`, without spaces."
            ),
            OptionForm.Url or OptionForm.UrlOrPath or OptionForm.Endpoint when HasUser(text) => (
                "The URL holds a user or password.",
                "Remove them; credentials do not belong into a policy."
            ),
            OptionForm.Url when !IsUrl(text) => ($"`{shown}` is not an http or https URL.", "Write it as `http://host:port`."),
            OptionForm.Endpoint when !IsEndpoint(text) => (
                $"`{shown}` is not an address to listen on.",
                "Write scheme, IP address (or `localhost`, or `*` for all) and port: `http://0.0.0.0:8080`. Host names of the API belong under `upstreams: hosts`."
            ),
            OptionForm.UrlOrPath when text.Contains("://", StringComparison.Ordinal) && !IsUrl(text) => (
                $"`{shown}` is not an http or https URL.",
                "Write an `https://` URL, or the path of a file."
            ),
            OptionForm.Network when !IPNetwork.TryParse(text, out _) && !IPAddress.TryParse(text, out _) => (
                $"`{shown}` is not a network.",
                "Write an address or a network: `10.0.0.0/8`, `fd00::/8`."
            ),
            OptionForm.Host
                when text != "*"
                    && (text.AsSpan().ContainsAnyInRange('A', 'Z') || Uri.CheckHostName(text) == UriHostNameType.Unknown) => (
                $"`{shown}` is not a host name.",
                "Write it in lower case, without scheme and port: `api.example.com`."
            ),
            OptionForm.Operation => Operation(text, shown),
            OptionForm.Path or OptionForm.UrlOrPath when text.Contains('\0') => (
                $"`{shown}` is not a path.",
                "Remove the control characters."
            ),
            _ => null,
        };
    }

    /// <summary>Splits <c>METHOD /template</c>; false when it is not of that form.</summary>
    public static bool TryOperation(string text, out string method, out string template)
    {
        var space = text.IndexOf(' ');
        method = space > 0 ? text[..space] : "";
        template = space > 0 ? text[(space + 1)..] : "";
        return space > 0;
    }

    private static (string Message, string Remedy)? Operation(string text, string shown)
    {
        if (text.Length > 1024 || !TryOperation(text, out var method, out var template) || template is not ['/', ..])
        {
            return ($"`{shown}` is not an operation.", "Write method and path template: `GET /accounts/{accountId}`.");
        }
        if (!HttpMethodNames.IsKnown(method))
        {
            return Method(method, template, shown);
        }
        return RouteTemplate.ReadParameters(template, out var problem) is null
            ? ($"`{shown}` cannot be matched: {problem}.", "Correct the path template.")
            : null;
    }

    private static (string Message, string Remedy) Method(string method, string template, string shown)
    {
        var capitals = method.ToUpperInvariant();
        if (HttpMethodNames.IsKnown(capitals))
        {
            return (
                $"`{shown}` does not start with a method in capital letters.",
                $"Write `{capitals} {MessageText.Shown(template)}`."
            );
        }
        var nearest = HttpMethodNames.Nearest(capitals);
        return (
            $"`{MessageText.Shown(method)}` is no HTTP method.",
            nearest is null
                ? $"Write one of {HttpMethodNames.Usual}."
                : $"Did you mean `{nearest} {MessageText.Shown(template)}`?"
        );
    }

    private static bool HasUser(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.UserInfo.Length > 0;

    private static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0;

    private static bool IsEndpoint(string text) =>
        ListenAddress.Of(text) is { Scheme: "http" or "https", PathAndQuery: "/" or "" } url
        && (url.Host is "localhost" || IPAddress.TryParse(url.Host.Trim('[', ']'), out _));
}
