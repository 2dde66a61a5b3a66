using Portcullis.Api;
using Portcullis.Sample.Telecom;

namespace Portcullis.Demo;

/// <summary>What to try while the demo's gateway is left running: complete lines to paste into another terminal.</summary>
internal static class DemoSuggestions
{
    /// <summary>Name of the data folder beside the policy.</summary>
    public const string DataFolder = "data";

    /// <param name="gateway">The enforcing gateway.</param>
    /// <param name="api">Address of the API behind it.</param>
    /// <param name="folder">Folder of the policy.</param>
    /// <param name="people">The API's customers.</param>
    public static IEnumerable<string> For(DemoGateway gateway, Uri api, string folder, Population people)
    {
        var victim = people.At(0);
        var data = Path.Combine(folder, DataFolder);
        var look = $"wsg/customers/{victim.Phone[1..]}";
        var log = "-H 'content-type: application/json' -d '{\"user\":\"partner-orbit\",\"password\":\"pass-partner-orbit\"}'";
        yield return "";
        yield return $"Enforcing gateway {gateway.Address}  admin {gateway.Admin}  the API behind it {api}";
        yield return $"Policy {Path.Combine(folder, "portcullis.yaml")}: change it, and it is in force a second later.";
        yield return $"Admin token {Path.Combine(data, AdminToken.FileName)}: commands find it by themselves.";
        yield return "In another terminal:";
        yield return $"  export PORTCULLIS_ADMIN={gateway.Admin.ToString().TrimEnd('/')} PORTCULLIS_DATA={data}";
        yield return $"  curl -i {api}{look}     # the hole: anybody's record, no token";
        yield return $"  curl -i {gateway.Address}{look}     # the same through the gateway";
        yield return $"  TOKEN=$(curl -s {gateway.Address}login {log} | sed 's/.*\"accessToken\":\"//; s/\".*//')";
        yield return $"  curl -H \"Authorization: Bearer $TOKEN\" '{gateway.Address}accounts?page=150&size=100'     # the stolen key";
        yield return "  ./portcullis status";
        yield return "  ./portcullis callers";
        yield return $"  ./portcullis whosaw {victim.Phone}";
        yield return "  ./portcullis exposure --caller partner-orbit";
        yield return "  ./portcullis restrict partner-orbit --until 1h --reason 'stolen key'";
        yield return "  ./portcullis release partner-orbit";
        yield return "  ./portcullis explain INCIDENT     # the id of any refusal above";
        yield return "Ctrl-C ends it and removes its folder.";
    }
}
