namespace Portcullis.Core.Contracts.Exposed;

/// <summary>What field and parameter names tell, when nothing but a contract is at hand.</summary>
internal static class FieldWords
{
    private static readonly string[] Personal =
    [
        "email",
        "emailaddress",
        "phone",
        "phonenumber",
        "mobile",
        "msisdn",
        "firstname",
        "lastname",
        "fullname",
        "givenname",
        "familyname",
        "surname",
        "birthdate",
        "dateofbirth",
        "dob",
        "address",
        "billingaddress",
        "street",
        "postalcode",
        "zipcode",
        "ssn",
        "passport",
        "passportnumber",
        "licensenumber",
        "driverslicense",
        "nationalid",
        "taxid",
        "iban",
        "accountnumber",
        "cardnumber",
        "imsi",
        "imei",
        "iccid",
        "vin",
        "gender",
        "weight",
        "salary",
        "creditscore",
    ];

    private static readonly string[] LookupKeys =
    [
        "email",
        "emailaddress",
        "phone",
        "phonenumber",
        "mobile",
        "msisdn",
        "username",
        "handle",
        "useridentifier",
        "contacts",
        "emails",
        "phones",
        "phonenumbers",
    ];

    private static readonly string[] Secrets =
    [
        "password",
        "passwordhash",
        "hashedpassword",
        "passwd",
        "secret",
        "clientsecret",
        "privatekey",
        "pin",
        "cvv",
        "cvc",
        "totpsecret",
        "securityanswer",
    ];

    private static readonly string[] Credentials =
    [
        "accesstoken",
        "refreshtoken",
        "idtoken",
        "sessiontoken",
        "sessionid",
        "apikey",
        "jwt",
        "authtoken",
        "bearertoken",
    ];

    private static readonly string[] Powers =
    [
        "role",
        "roles",
        "isadmin",
        "admin",
        "ownerid",
        "userid",
        "accountid",
        "tenantid",
        "customerid",
        "permissions",
        "scopes",
        "isverified",
        "verified",
        "balance",
        "creditlimit",
    ];

    private static readonly string[] Amounts = ["amount", "value", "quantity", "size", "sum", "price", "total"];

    public static string? PersonalIn(IEnumerable<string> names) => First(names, Personal);

    public static string? LookupKeyIn(IEnumerable<string> names) => First(names, LookupKeys);

    public static string? SecretIn(IEnumerable<string> names) => First(names, Secrets);

    public static string? CredentialIn(IEnumerable<string> names) => First(names, Credentials);

    public static string? PowerIn(IEnumerable<string> names) => First(names, Powers);

    public static string? AmountIn(IEnumerable<string> names) => First(names, Amounts);

    /// <summary>True when success answers tell of people.</summary>
    public static bool ReturnsPersonalData(DeclaredOperation operation) =>
        operation.DeclaredClasses != 0 || PersonalIn(operation.ResponseFields) is not null;

    /// <summary>What of people they tell, for a sentence.</summary>
    public static string PersonalWord(DeclaredOperation operation) =>
        PersonalIn(operation.ResponseFields) is { } name ? $"answers carry '{name}'" : "answers carry personal data";

    /// <summary>The path parameter that names an object, or null.</summary>
    public static DeclaredParameter? ObjectId(DeclaredOperation operation)
    {
        var name = operation.ParameterNames.LastOrDefault(name => !IsVersion(name));
        return name is null
            ? null
            : operation.Parameters.FirstOrDefault(parameter => parameter.In == "path" && parameter.Name == name)
                ?? new DeclaredParameter(name, "path", false, "", false);
    }

    /// <summary>Lower case, letters and digits only.</summary>
    public static string Normal(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private static bool IsVersion(string name) =>
        Normal(name) is "version" or "apiversion" or "locale" or "lang" or "language" or "format";

    private static string? First(IEnumerable<string> names, string[] words) =>
        names.FirstOrDefault(name => Array.IndexOf(words, Normal(name)) >= 0);
}
