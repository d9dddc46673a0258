{{ crm_warehouse.judged('crm', 'campaign_responses') }}
