namespace Portcullis.Tests.Classification;

/// <summary>A customer's record of about 1.6 KB, as telecom APIs return it.</summary>
internal static class CustomerRecord
{
    public const string Json = """
        {"accountId":"A-10023488","accountStatus":"ACTIVE","accountType":"POSTPAID","createdAt":"2019-04-11T09:21:44Z","updatedAt":"2024-11-02T17:03:10Z",
        "customer":{"firstName":"Margaret","lastName":"Hamilton","dateOfBirth":"1972-08-17","email":"margaret.hamilton@example.org","language":"en-US",
        "preferredContact":"EMAIL","marketingConsent":false,"segment":"CONSUMER","creditClass":"A"},
        "billing":{"address":{"street":"12 Apollo Avenue","line2":"Apartment 4","city":"Cambridge","state":"MA","postalCode":"02139","country":"US"},
        "cycleDay":14,"currency":"USD","balance":42.17,"lastPayment":{"amount":61.20,"date":"2024-10-14","method":"AUTOPAY"},"paperless":true},
        "line":{"msisdn":"+16175550123","imsi":"310260123456789","status":"ACTIVE","activatedAt":"2019-04-12T08:00:00Z","simType":"ESIM",
        "features":["VOLTE","WIFI_CALLING","ROAMING_EU","VOICEMAIL","CALLER_ID"]},
        "plan":{"id":"PL-UNL-5G","name":"Unlimited 5G Plus","priceMonthly":65.00,"dataGb":null,"roamingGb":12,"contractEnd":"2026-04-11",
        "description":"Unlimited talk, text and data with premium 5G access, 12 GB roaming and a streaming subscription included in the monthly price"},
        "device":{"make":"Google","model":"Pixel 9","color":"obsidian","purchasedAt":"2024-03-02","insured":true,"installmentsLeft":7},
        "usage":{"periodStart":"2024-10-14","periodEnd":"2024-11-13","voiceMinutes":312,"textCount":1204,"dataMb":48211,"roamingMb":0},
        "links":{"self":"/v2/accounts/A-10023488","invoices":"/v2/accounts/A-10023488/invoices","usage":"/v2/accounts/A-10023488/usage"}}
        """;
}
