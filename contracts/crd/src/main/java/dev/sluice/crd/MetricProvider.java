package dev.sluice.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import java.util.Map;

/** Where a value comes from: exactly one is set. */
public final class MetricProvider extends Struct {

  public Prometheus prometheus;
  public Kayenta kayenta;
  public Web web;
  public Datadog datadog;
  public Wavefront wavefront;
  public NewRelic newRelic;
  public Job job;
  public CloudWatch cloudWatch;
  public Graphite graphite;
  public Influxdb influxdb;
  public SkyWalking skywalking;

  /** One key: the plugin's name, with its own configuration. */
  public Map<String, JsonNode> plugin;

  /** A PromQL query. */
  public static final class Prometheus extends Struct {

    /** With scheme and host. */
    public String address;

    public String query;
    public Authentication authentication;

    /** Seconds; 30 if null. */
    public Long timeout;

    /** Takes any certificate. */
    public Boolean insecure;

    public List<Header> headers;

    /** A query over a time range instead of one at a time. */
    public RangeQuery rangeQuery;
  }

  /** A range query's bounds. */
  public static final class RangeQuery extends Struct {

    /** An expression that gives a time, such as {@code now() - duration("5m")}. */
    public String start;

    /** An expression that gives a time. */
    public String end;

    /** A Go duration. */
    public String step;
  }

  /** How a provider is convinced; values usually come from secrets through arguments. */
  public static final class Authentication extends Struct {
    public Sigv4 sigv4;
    public Oauth2 oauth2;
    public BasicAuth basicAuth;
  }

  /** AWS request signing. */
  public static final class Sigv4 extends Struct {
    public String region;
    public String profile;
    public String roleArn;
  }

  /** OAuth 2 client credentials. */
  public static final class Oauth2 extends Struct {
    public String tokenUrl;
    public String clientId;
    public String clientSecret;
    public List<String> scopes;
  }

  /** User and password. */
  public static final class BasicAuth extends Struct {
    public String username;
    public String password;
  }

  /** A header of the request. */
  public static final class Header extends Struct {
    @Wire(required = true)
    public String key;

    @Wire(required = true)
    public String value;
  }

  /** A judgement by Kayenta. */
  public static final class Kayenta extends Struct {
    @Wire(required = true)
    public String address;

    @Wire(required = true)
    public String application;

    @Wire(required = true)
    public String canaryConfigName;

    @Wire(required = true)
    public String metricsAccountName;

    @Wire(required = true)
    public String configurationAccountName;

    @Wire(required = true)
    public String storageAccountName;

    @Wire(required = true)
    public Threshold threshold;

    @Wire(required = true)
    public List<Scope> scopes;

    public Boolean lookback;

    /** Scores from which a judgement is Successful, and Inconclusive. */
    public static final class Threshold extends Struct {
      @Wire(required = true)
      public Long pass;

      @Wire(required = true)
      public Long marginal;
    }

    /** What is compared with what. */
    public static final class Scope extends Struct {
      @Wire(required = true)
      public String name;

      @Wire(required = true)
      public ScopeDetail controlScope;

      @Wire(required = true)
      public ScopeDetail experimentScope;
    }

    /** One side. */
    public static final class ScopeDetail extends Struct {
      @Wire(required = true)
      public String scope;

      @Wire(required = true)
      public String region;

      @Wire(required = true)
      public Long step;

      public String start;
      public String end;
    }
  }

  /** An HTTP request that answers JSON. */
  public static final class Web extends Struct {

    /** GET if null. */
    public String method;

    @Wire(required = true)
    public String url;

    public List<Header> headers;

    /** This or {@link #jsonBody}. */
    public String body;

    /** 10 if null. */
    public Long timeoutSeconds;

    /** What is taken out of the answer; all of it if null. */
    public String jsonPath;

    /** Takes any certificate. */
    public Boolean insecure;

    public JsonNode jsonBody;
    public Authentication authentication;
  }

  /** A Datadog query, or several with a formula. */
  public static final class Datadog extends Struct {

    /** A Go duration. */
    @Wire(defaultValue = "5m")
    public String interval;

    public String query;
    public Map<String, String> queries;
    public String formula;

    @Wire(
        defaultValue = "v1",
        oneOf = {"v1", "v2"})
    public String apiVersion;

    @Wire(oneOf = {"avg", "min", "max", "sum", "last", "percentile", "mean", "l2norm", "area"})
    public String aggregator;

    public SecretRef secretRef;

    /** A Go duration. */
    @Wire(defaultValue = "10s")
    public String requestTimeout;
  }

  /** A Secret with credentials. */
  public static final class SecretRef extends Struct {
    public String name;

    /** In the run's namespace, not in the controller's. */
    public Boolean namespaced;
  }

  /** A Wavefront query. */
  public static final class Wavefront extends Struct {
    public String address;
    public String query;
  }

  /** A NRQL query. */
  public static final class NewRelic extends Struct {

    /** Name of a Secret; {@code newrelic} if null. */
    public String profile;

    @Wire(required = true)
    public String query;

    /** Seconds; 5 if null. */
    @Wire(pointer = true)
    public Long timeout;
  }

  /** A Job that succeeds or fails. */
  public static final class Job extends Struct {
    public TemplateMetadata metadata;

    /** Kept exactly as it is. */
    @Wire(required = true, type = "JobSpec")
    public ObjectNode spec;
  }

  /** Queries for CloudWatch. */
  public static final class CloudWatch extends Struct {

    /** A Go duration; 5m if null. */
    public String interval;

    @Wire(required = true)
    public List<DataQuery> metricDataQueries;

    /** One query. */
    public static final class DataQuery extends Struct {
      public String id;
      public String expression;
      public String label;
      public MetricStat metricStat;
      public IntOrString period;
      public Boolean returnData;
    }

    /** A statistic of a metric. */
    public static final class MetricStat extends Struct {
      public StatMetric metric;
      public IntOrString period;
      public String stat;
      public String unit;
    }

    /** A metric. */
    public static final class StatMetric extends Struct {
      public List<Dimension> dimensions;
      public String metricName;
      public String namespace;
    }

    /** A dimension of a metric. */
    public static final class Dimension extends Struct {
      public String name;
      public String value;
    }
  }

  /** A Graphite query. */
  public static final class Graphite extends Struct {
    public String address;
    public String query;
  }

  /** A Flux query. */
  public static final class Influxdb extends Struct {

    /** Name of a Secret; {@code influxdb} if null. */
    public String profile;

    public String query;
  }

  /** A GraphQL query. */
  public static final class SkyWalking extends Struct {
    public String address;
    public String query;

    /** A Go duration. */
    public String interval;
  }
}
