-- Of those who first bought in a month, the share that bought so many months later.
select
    cohort_month,
    months_since,
    is_left_censored,
    customer_count,
    buyer_count,
    retention_rate

from retention.agg_cohort_months
where
    is_complete_month
    and cohort_month > (
        select max(cohorts.cohort_month)
        from retention.agg_cohort_months as cohorts
    ) - interval 24 months
order by cohort_month asc, months_since asc
