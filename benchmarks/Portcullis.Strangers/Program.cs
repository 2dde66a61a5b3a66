using System.Globalization;
using Portcullis.Strangers;

var addresses = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
var connections = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 8;
return await new StrangersRun(addresses, connections).RunAsync(Console.Out);
