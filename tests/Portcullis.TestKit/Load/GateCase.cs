using System.Text;

namespace Portcullis.TestKit.Load;

/// <summary>One kind of exchange whose cost is measured, by the name it has in the allocation budgets.</summary>
/// <param name="Name">As in <c>benchmarks/allocation-budgets.json</c>.</param>
/// <param name="Target">What is asked for.</param>
/// <param name="Body">What the upstream answers.</param>
/// <param name="HasToken">False for a caller without a credential.</param>
/// <param name="OnDisk">True when records go to a journal on disk.</param>
public sealed record GateCase(string Name, string Target, byte[] Body, bool HasToken = true, bool OnDisk = false)
{
    private const string Account = "425550123";

    /// <summary>All cases, in the order of the report.</summary>
    public static IReadOnlyList<GateCase> All { get; } = Make();

    /// <summary>The case of a name.</summary>
    public static GateCase Named(string name) => All.First(item => item.Name == name);

    public override string ToString() => Name;

    private static GateCase[] Make()
    {
        var record = Encoding.UTF8.GetBytes(Record());
        var page = Encoding.UTF8.GetBytes(Page());
        return
        [
            new("record", $"/customers/{Account}", record),
            new("record-on-disk", $"/customers/{Account}", record, OnDisk: true),
            new("page", "/customers?page=4255501", page),
            new("page-on-disk", "/customers?page=4255501", page, OnDisk: true),
            new("stranger-refused", $"/customers/{Account}", record, HasToken: false),
        ];
    }

    private static string Record()
    {
        var text = new StringBuilder(
            $$"""{"accountId":"{{Account}}","name":"Alexandra Montgomery","givenName":"Alexandra","familyName":"Montgomery","birthDate":"1978-09-07","email":"alexandra.montgomery@mail.example","phone":"+1425555{{Account[
                ^4..
            ]}}","imsi":"310260{{Account}}","billingAddress":{"street":"6591 Grove Way","city":"Kent","postalCode":"98207","state":"WA","country":"US"},"deliveryAddress":{"street":"12 Alder Street, Building C, 4th floor","city":"Seattle","postalCode":"98101","state":"WA","country":"US"},"status":"active","customerSince":"2011-04-18","language":"en","lines":["""
        );
        for (var i = 1; i <= 4; i++)
        {
            text.Append(i == 1 ? "" : ",");
            text.Append(
                $$"""{"lineId":"L{{i}}","label":"Line number {{i}}","plan":"Unlimited Plus","activatedOn":"2019-0{{i}}-15","dataLimitMegabytes":51200,"roaming":true,"addOns":["voicemail","music","insurance"]}"""
            );
        }
        text.Append(
            "],\"preferences\":{\"newsletter\":false,\"paperBill\":false,\"usageAlerts\":true},\"notes\":\"Prefers to be "
        );
        text.Append(
            "called in the afternoon. Moved from a business contract, kept the discount of the family plan for two of the "
        );
        text.Append("lines until the end of the contract. Asked for the bill on the first day of the month.\"}");
        return text.ToString();
    }

    private static string Page()
    {
        var text = new StringBuilder("{\"items\":[");
        for (var i = 0; i < 100; i++)
        {
            text.Append(i == 0 ? "" : ",");
            text.Append(
                $$"""{"accountId":"4255501{{i:00}}","name":"Alexandra Montgomery","email":"alexandra.{{i:00}}@mail.example","phone":"+142555501{{i:00}}","status":"active"}"""
            );
        }
        return text.Append("]}").ToString();
    }
}
