using System.Globalization;
using Portcullis.Strangers;

switch (args.FirstOrDefault())
{
    case "api":
        return await PeopleApi.ServeAsync(Number(1, 0), Console.In, Console.Out);
    case "crowd":
        return await new Crowd(new Uri(args[1]), Number(2, 1_000_000), Number(3, 8)).ComeAsync(Console.Out);
    default:
        return await new StrangersRun(Number(0, 1_000_000), Number(1, 8)).RunAsync(Console.Out);
}

int Number(int at, int usual) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : usual;
