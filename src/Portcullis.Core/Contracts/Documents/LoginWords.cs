namespace Portcullis.Core.Contracts.Documents;

/// <summary>Tells operations by which callers get credentials, or get them back, by the words in path and name.</summary>
internal static class LoginWords
{
    private static readonly string[] Words =
    [
        "login",
        "logon",
        "signin",
        "signup",
        "register",
        "registration",
        "authenticate",
        "oauth",
        "token",
        "forgotpassword",
        "resetpassword",
        "passwordreset",
        "verifyemail",
        "refreshtoken",
        "refresh",
        "introspect",
        "revoke",
        "sessions",
        "logout",
    ];

    // Alone they may be about anything (a device, a cache); behind one of these they are about credentials.
    private static readonly string[] WordsBehind = ["reset", "forgot"];

    private static readonly string[] Credentials = ["password", "passwords", "auth", "login", "signin"];

    // What may stand before the word where no contract says what a path means: anything else could name the object that is asked for.
    private static readonly string[] Places =
    [
        "api",
        "rest",
        "public",
        "auth",
        "oauth",
        "oauth2",
        "connect",
        "identity",
        "iam",
        "idp",
        "sso",
        "security",
        "session",
        "sessions",
        "user",
        "users",
        "account",
        "accounts",
        "customer",
        "customers",
        "member",
        "members",
        "password",
        "passwords",
        "forgot",
        "reset",
        "login",
        "signin",
        "v1",
        "v2",
        "v3",
        "v4",
    ];

    /// <summary>
    /// True for a declared POST whose last segment (or last two), or own name, is one of the words. What has a parameter is about some object, and a word
    /// behind it opens nothing.
    /// </summary>
    public static bool Fit(string method, string template, string name) =>
        method == "POST"
        && !template.Contains('{', StringComparison.Ordinal)
        && (IsWord(template.Split('/')) || Array.IndexOf(Words, Normal(name)) >= 0);

    /// <summary>As <see cref="Fit"/> for an operation that only traffic taught: every segment before the word must be an ordinary one.</summary>
    public static bool FitLearned(string method, string template) =>
        Fit(method, template, "") && template.Split('/')[1..^1].All(segment => Array.IndexOf(Places, Normal(segment)) >= 0);

    private static bool IsWord(string[] segments)
    {
        var last = Normal(segments[^1]);
        return Array.IndexOf(Words, last) >= 0
            || (
                segments.Length > 1
                && Array.IndexOf(WordsBehind, last) >= 0
                && Array.IndexOf(Credentials, Normal(segments[^2])) >= 0
            )
            // /forgot/password
            || (last == "password" && segments.Length > 1 && Array.IndexOf(WordsBehind, Normal(segments[^2])) >= 0);
    }

    private static string Normal(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
