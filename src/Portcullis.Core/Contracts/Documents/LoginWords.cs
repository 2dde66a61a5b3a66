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
    ];

    public static bool Fit(DeclaredOperation operation)
    {
        if (operation.Method != "POST")
        {
            return false;
        }
        var last = operation.Template.Split('/').LastOrDefault(segment => segment.Length > 0 && !segment.StartsWith('{')) ?? "";
        return Array.IndexOf(Words, Normal(last)) >= 0 || Array.IndexOf(Words, Normal(operation.Name)) >= 0;
    }

    private static string Normal(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
