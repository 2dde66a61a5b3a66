using Portcullis.Sample.Embedded;

await CustomersApi.Build(args).RunAsync();
