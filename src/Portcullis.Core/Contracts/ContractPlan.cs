namespace Portcullis.Core.Contracts;

/// <summary>One operation of a contract, compiled to validators of parameters, request bodies and answers.</summary>
public sealed class ContractPlan;
