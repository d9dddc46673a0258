-- What was out of the usual in the eight weeks before the as-of day, in words: the
-- newest five of sales and five of the funnel, those of the whole company first. A
-- month of the funnel counts by its last seven days.
with

anomalies as (

    select
        'sales' as area_code,
        week_start_on as period_start_on,
        scope_code = 'company' as is_whole_company,
        kind_code = 'opportunity' as is_good,
        kind_name as anomaly_name,
        kind_name_zh as anomaly_name_zh,
        sentence,
        sentence_zh,
        null as action,
        null as action_zh

    from metrics.fct_metric_anomalies
    where as_of_on - week_start_on < 56

    union all

    select
        'funnel' as area_code,
        period_start_on,
        breakdown_name = 'all' as is_whole_company,
        robust_z_score > 0 as is_good,
        anomaly_name,
        anomaly_name_zh,
        sentence,
        sentence_zh,
        action,
        action_zh

    from funnel.fct_funnel_anomalies
    where as_of_on - (period_end_on - 6) < 56

)

select
    period_start_on,
    is_good,
    anomaly_name,
    anomaly_name_zh,
    sentence,
    sentence_zh,
    action,
    action_zh

from anomalies
qualify
    row_number() over (
        partition by area_code
        order by period_start_on desc, is_whole_company desc, sentence asc
    ) <= 5
order by period_start_on desc, is_whole_company desc, sentence asc
